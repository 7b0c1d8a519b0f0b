package dev.kossel.engine.select;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Some lists, an item being in at most one of them; adding, removing and indexing cost O(1).
 *
 * <p>A removed item's place is taken by the last of its list, so the order of a list depends on its history. 4 bytes an
 * item and 4 to 6 more for each listed one; a list grows by half when it is full, nothing else allocates.
 */
final class ItemLists {

    private static final int UNLISTED = -1;
    private static final int FIRST_CAPACITY = 16;

    private final int[][] lists;
    private final int[] sizes;
    /** Where in its list an item stands. */
    private final int[] places;

    ItemLists(int itemCount, int listCount) {
        lists = new int[listCount][0];
        sizes = new int[listCount];
        places = new int[itemCount];
        Arrays.fill(places, UNLISTED);
    }

    int itemCount() {
        return places.length;
    }

    int size(int list) {
        return sizes[list];
    }

    /** Appends an item that is in no list. Returns the new size of the list. */
    int add(int item, int list) {
        assert places[item] == UNLISTED : "item " + item + " is in a list already";
        int[] items = lists[list];
        int place = sizes[list];
        if (place == items.length) {
            items = grow(list);
        }
        items[place] = item;
        places[item] = place;
        sizes[list] = place + 1;
        return place + 1;
    }

    /** Removes an item from the list it is in. Returns the new size of the list. */
    int remove(int item, int list) {
        assert contains(item, list) : "item " + item + " is not in list " + list;
        int[] items = lists[list];
        int last = sizes[list] - 1;
        int place = places[item];
        int moved = items[last];
        items[place] = moved;
        places[moved] = place;
        places[item] = UNLISTED;
        sizes[list] = last;
        return last;
    }

    /**
     * The item that {@code word} falls on.
     *
     * @param word 64 random bits: all items of the list are equally probable to 1 part in 2³², whatever its size
     */
    int pick(int list, long word) {
        int[] items = lists[list];
        return items[(int) Math.multiplyHigh(word >>> 1, (long) sizes[list] << 1)];
    }

    boolean isListed(int item) {
        return places[item] != UNLISTED;
    }

    boolean contains(int item, int list) {
        int place = places[item];
        return place >= 0 && place < sizes[list] && lists[list][place] == item;
    }

    private int[] grow(int list) {
        int[] items = lists[list];
        long capacity = Math.max(FIRST_CAPACITY, items.length + (items.length >> 1) + 1L);
        lists[list] = Arrays.copyOf(items, (int) Math.min(capacity, places.length));
        return lists[list];
    }

    void save(DataOutput out) throws IOException {
        for (int list = 0; list < lists.length; list++) {
            out.writeInt(sizes[list]);
            for (int place = 0; place < sizes[list]; place++) {
                out.writeInt(lists[list][place]);
            }
        }
    }

    /** Replaces the contents of all lists by what {@link #save} wrote. */
    void restore(DataInput in) throws IOException {
        Arrays.fill(sizes, 0);
        Arrays.fill(places, UNLISTED);
        for (int list = 0; list < lists.length; list++) {
            int size = SavedState.readInt(in, "size of list " + list, places.length + 1);
            if (lists[list].length < size) {
                lists[list] = new int[size];
            }
            for (int place = 0; place < size; place++) {
                int item = SavedState.readInt(in, "item", places.length);
                if (places[item] != UNLISTED) {
                    throw new IOException("selector state: item " + item + " is listed twice");
                }
                lists[list][place] = item;
                places[item] = place;
            }
            sizes[list] = size;
        }
    }
}
