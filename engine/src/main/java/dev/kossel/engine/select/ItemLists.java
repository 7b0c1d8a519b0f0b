package dev.kossel.engine.select;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Some lists, an item being in at most one of them; moving and indexing cost O(1).
 *
 * <p>The position an item leaves is taken by the last of its list, so the order of a list depends on its history. Positions are kept in pages of 64 items, and
 * pages only where an item is listed: where lists hold what is near a surface, that is little of all items (decision 0016). 4 bytes for each item on a page
 * and 4 to 6 more for each listed one; a list grows by half when it is full, pages come when they are needed and go when they have been empty for a while,
 * nothing else allocates.
 */
final class ItemLists {

    static final int PAGE_BITS = 6;
    static final int UNLISTED = -1;
    private static final int PAGE = 1 << PAGE_BITS;
    private static final int FIRST_CAPACITY = 16;
    private static final int FIRST_PAGES = 16;
    /** Where no page begins but one that stays empty: the page of items that have none. */
    private static final int NOWHERE = 0;

    final int[][] lists;
    /** One a list: how many items are in it, whether they are kept or only counted. */
    final int[] sizes;

    /** The number of a list whose items are kept; 0 for one whose items are only counted, and for list 0. */
    final int[] kept;

    /** Where in {@link #positions} the page of an item begins, by item / 64; 0 where there is none. */
    final int[] pageOf;

    /** Where in its list an item stands: {@code positions[pageOf[item / 64] + item % 64]}. Replaced where there are more pages than ever before. */
    int[] positions;

    private final int itemCount;
    /** Beyond all pages. */
    private int end;
    /** A page that has been given back; the first position on it tells of the next one. */
    private int free;

    /** @param listCount list 0 included, which stays empty */
    ItemLists(int itemCount, int listCount) {
        this.itemCount = itemCount;
        lists = new int[listCount][0];
        sizes = new int[listCount];
        kept = new int[listCount];
        pageOf = new int[(itemCount - 1 >> PAGE_BITS) + 1];
        positions = new int[FIRST_PAGES * PAGE];
        clear();
    }

    int itemCount() {
        return itemCount;
    }

    int size(int list) {
        return sizes[list];
    }

    private void clear() {
        Arrays.fill(sizes, 0);
        Arrays.setAll(kept, list -> list);
        Arrays.fill(pageOf, NOWHERE);
        Arrays.fill(positions, UNLISTED);
        end = PAGE;
        free = NOWHERE;
    }

    private int position(int item) {
        return positions[pageOf[item >> PAGE_BITS] + (item & PAGE - 1)];
    }

    /** For an item whose page there is. */
    private void put(int item, int position) {
        positions[pageOf[item >> PAGE_BITS] + (item & PAGE - 1)] = position;
    }

    /** For any item. */
    private void list(int item, int position) {
        int page = pageOf[item >> PAGE_BITS];
        // The page may come with another array of positions.
        int at = (page == NOWHERE ? open(item) : page) + (item & PAGE - 1);
        positions[at] = position;
    }

    /** Makes the page of an item that has none; returns where it begins. */
    int open(int item) {
        if (free == NOWHERE && end == positions.length) {
            int before = positions.length;
            if (4 * reclaim() < before / PAGE) {
                positions = Arrays.copyOf(positions, (int)
                        Math.min(before + (before >> 2 + PAGE_BITS << PAGE_BITS), PAGE * (pageOf.length + 1L)));
                Arrays.fill(positions, before, positions.length, UNLISTED);
            }
        }
        int page = free;
        if (page == NOWHERE) {
            page = end;
            end += PAGE;
        } else {
            free = positions[page];
            positions[page] = UNLISTED;
        }
        pageOf[item >> PAGE_BITS] = page;
        return page;
    }

    /** Gives back empty pages; returns how many. */
    private int reclaim() {
        int reclaimed = 0;
        for (int n = 0; n < pageOf.length; n++) {
            int page = pageOf[n];
            if (page != NOWHERE && isEmpty(page)) {
                pageOf[n] = NOWHERE;
                positions[page] = free;
                free = page;
                reclaimed++;
            }
        }
        return reclaimed;
    }

    private boolean isEmpty(int page) {
        for (int at = page; at < page + PAGE; at++) {
            if (positions[at] != UNLISTED) {
                return false;
            }
        }
        return true;
    }

    /** Moves an item from the list it is in to the end of another. List 0 stands for none. */
    void move(int item, int from, int to) {
        assert kept[from] == 0 ? !isListed(item) : contains(item, from) : "item " + item + " is not in list " + from;
        int last = --sizes[from];
        if (kept[from] != 0) {
            int[] items = lists[from];
            int position = position(item);
            int moved = items[last];
            items[position] = moved;
            put(moved, position);
            put(item, UNLISTED);
        }
        int position = sizes[to]++;
        if (kept[to] != 0) {
            int[] items = lists[to];
            list(item, position);
            if (position == items.length) {
                items = grow(to);
            }
            items[position] = item;
        }
        sizes[0] = 0;
    }

    /** Each of two items takes the other's position; list 0 stands for none. */
    void exchange(int item, int itsList, int other, int othersList) {
        int its = kept[itsList];
        int others = kept[othersList];
        int position = its == 0 ? UNLISTED : position(item);
        int otherPosition = others == 0 ? UNLISTED : position(other);
        if (its != 0) {
            lists[its][position] = other;
            put(item, UNLISTED);
            list(other, position);
        }
        if (others != 0) {
            lists[others][otherPosition] = item;
            if (its == 0) {
                put(other, UNLISTED);
            }
            list(item, otherPosition);
        }
    }

    /**
     * The item that {@code word} falls on: all of the list are equally probable to 1 part in 2³², whatever its size.
     */
    int pick(int list, RandomWord word) {
        return lists[list][word.below(sizes[list])];
    }

    boolean isListed(int item) {
        return position(item) != UNLISTED;
    }

    boolean contains(int item, int list) {
        if (!isListed(item)) {
            return false;
        }
        int position = position(item);
        return position < sizes[list] && lists[list][position] == item;
    }

    /** From now on the items of a list are only counted. */
    void dissolve(int list) {
        for (int position = 0; position < sizes[list]; position++) {
            put(lists[list][position], UNLISTED);
        }
        lists[list] = new int[0];
        kept[list] = 0;
    }

    /** From now on the items of a list are kept. It is empty until the caller has moved them all into it, from list 0. */
    void keep(int list) {
        sizes[list] = 0;
        kept[list] = list;
    }

    int[] grow(int list) {
        int[] items = lists[list];
        long capacity = Math.max(FIRST_CAPACITY, 1L + items.length + (items.length >> 1));
        lists[list] = Arrays.copyOf(items, (int) Math.min(capacity, itemCount));
        return lists[list];
    }

    void save(DataOutput out) throws IOException {
        for (int list = 0; list < lists.length; list++) {
            out.writeInt(sizes[list]);
            out.writeBoolean(kept[list] == list);
            for (int position = 0; kept[list] != 0 && position < sizes[list]; position++) {
                out.writeInt(lists[list][position]);
            }
        }
    }

    /** Replaces the contents of all lists by what {@link #save} wrote. */
    void restore(DataInput in) throws IOException {
        clear();
        for (int list = 0; list < lists.length; list++) {
            int size = SavedState.readInt(in, "size of list " + list, itemCount + 1);
            sizes[list] = size;
            if (!in.readBoolean()) {
                kept[list] = 0;
                continue;
            }
            if (lists[list].length < size) {
                lists[list] = new int[size];
            }
            for (int position = 0; position < size; position++) {
                int item = SavedState.readInt(in, "item", itemCount);
                if (isListed(item)) {
                    throw new IOException("selector state: item " + item + " is listed twice");
                }
                lists[list][position] = item;
                list(item, position);
            }
        }
    }
}
