package dev.kossel.engine.select;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Some lists, an item being in at most one of them; moving and indexing cost O(1).
 *
 * <p>The place an item leaves is taken by the last of its list, so the order of a list depends on its history. 4 bytes
 * an item and 4 to 6 more for each listed one; a list grows by half when it is full, nothing else allocates.
 */
final class ItemLists {

    static final int UNLISTED = -1;
    private static final int FIRST_CAPACITY = 16;

    final int[][] lists;
    /** One a list. */
    final int[] sizes;

    /** Where in its list an item stands. */
    final int[] places;

    /** @param listCount list 0 included, which stays empty */
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

    /** Moves an item from the list it is in to the end of another. List 0 stands for none. */
    void move(int item, int from, int to) {
        assert from == 0 ? places[item] == UNLISTED : contains(item, from) : "item " + item + " is not in list " + from;
        if (from != 0) {
            int[] items = lists[from];
            int last = --sizes[from];
            int place = places[item];
            int moved = items[last];
            items[place] = moved;
            places[moved] = place;
        }
        if (to != 0) {
            int[] items = lists[to];
            int place = sizes[to]++;
            places[item] = place;
            if (place == items.length) {
                items = grow(to);
            }
            items[place] = item;
        } else {
            places[item] = UNLISTED;
        }
    }

    /** Each of two items takes the other's place; list 0 stands for none. */
    void exchange(int item, int its, int other, int others) {
        int place = places[item];
        int otherPlace = places[other];
        if (its != 0) {
            lists[its][place] = other;
        }
        if (others != 0) {
            lists[others][otherPlace] = item;
        }
        places[item] = otherPlace;
        places[other] = place;
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

    int[] grow(int list) {
        int[] items = lists[list];
        long capacity = Math.max(FIRST_CAPACITY, 1L + items.length + (items.length >> 1));
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
