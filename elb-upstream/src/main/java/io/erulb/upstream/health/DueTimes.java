package io.erulb.upstream.health;

import java.util.Arrays;

/**
 * Times at which numbered things are due, the earliest first: a heap of numbers, since a heap of objects would be looked for all
 * over the memory and have the collector follow each step; with eight below each, which lie side by side, since the way to the
 * bottom is shorter so (D. B. Johnson, 1975). Not safe for use by many threads.
 *
 * <p>A thing may stand in it more than once. Whoever polls knows which of its times counts.
 */
final class DueTimes {
    private static final int NUMBER_BITS = 24;
    private static final int MOST_NUMBER = (1 << NUMBER_BITS) - 1;

    private static final int WIDTH = 8;

    private long[] heap = new long[16];
    private int size;

    /** A thing is due at a time: from 0 to 2^39 both. */
    void add(long time, int number) {
        if (number > MOST_NUMBER) {
            throw new IllegalStateException("more than " + MOST_NUMBER + " things");
        }
        if (size == heap.length) {
            heap = Arrays.copyOf(heap, 2 * size);
        }
        heap[size] = time << NUMBER_BITS | number;
        rise(size++);
    }

    boolean isEmpty() {
        return size == 0;
    }

    /** The earliest time. */
    long time() {
        return heap[0] >> NUMBER_BITS;
    }

    /** What is due then, or one of them; it stands there no more. */
    int poll() {
        int number = (int) (heap[0] & MOST_NUMBER);
        heap[0] = heap[--size];
        sink();
        return number;
    }

    private void rise(int from) {
        long value = heap[from];
        int at = from;
        while (at > 0 && value < heap[(at - 1) / WIDTH]) {
            heap[at] = heap[(at - 1) / WIDTH];
            at = (at - 1) / WIDTH;
        }
        heap[at] = value;
    }

    private void sink() {
        long value = heap[0];
        int at = 0;
        int child = least(at);
        while (child < size && heap[child] < value) {
            heap[at] = heap[child];
            at = child;
            child = least(at);
        }
        heap[at] = value;
    }

    /** The least of those below; beyond the end when there are none. */
    private int least(int at) {
        int first = WIDTH * at + 1;
        int end = Math.min(first + WIDTH, size);
        int least = first;
        for (int i = first + 1; i < end; i++) {
            if (heap[i] < heap[least]) {
                least = i;
            }
        }
        return least;
    }
}
