package io.erulb.upstream.health;

import java.util.Arrays;

/**
 * Times at which numbered things are due, the earliest first: a binary heap of numbers, since a heap of objects would be looked
 * for all over the memory and have the collector follow each step. Not safe for use by many threads.
 *
 * <p>A thing may stand in it more than once. Whoever polls knows which of its times counts.
 */
final class DueTimes {
    private static final int NUMBER_BITS = 24;
    private static final int MOST_NUMBER = (1 << NUMBER_BITS) - 1;

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
        while (at > 0 && value < heap[(at - 1) / 2]) {
            heap[at] = heap[(at - 1) / 2];
            at = (at - 1) / 2;
        }
        heap[at] = value;
    }

    private void sink() {
        long value = heap[0];
        int at = 0;
        int child = 1;
        while (child < size) {
            if (child + 1 < size && heap[child + 1] < heap[child]) {
                child++;
            }
            if (heap[child] >= value) {
                break;
            }
            heap[at] = heap[child];
            at = child;
            child = 2 * at + 1;
        }
        heap[at] = value;
    }
}
