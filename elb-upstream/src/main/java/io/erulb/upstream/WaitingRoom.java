package io.erulb.upstream;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Those who wait for room at a server. Who is told of room keeps its place until it has got some, and who leaves although it was
 * told passes that on: room that was made is always looked for by someone. Safe for use by many threads; lock-free.
 */
final class WaitingRoom {
    private final ConcurrentLinkedQueue<Place> places = new ConcurrentLinkedQueue<>();
    private final AtomicInteger count = new AtomicInteger();

    /** One who waits. */
    private final class Place implements Waiting {
        private final Runnable room;
        private final AtomicBoolean told = new AtomicBoolean();
        private final AtomicBoolean left = new AtomicBoolean();

        Place(Runnable room) {
            this.room = room;
        }

        boolean tell() {
            if (!told.compareAndSet(false, true)) {
                return false;
            }
            room.run();
            return true;
        }

        @Override
        public void looks() {
            told.set(false);
        }

        @Override
        public void leave() {
            if (left.compareAndSet(false, true)) {
                places.remove(this);
                count.decrementAndGet();
                if (told.get()) {
                    tellOne();
                }
            }
        }
    }

    /** Null when as many wait as may. */
    @Nullable
    Waiting enter(int most, Runnable room) {
        int waiting = count.get();
        while (waiting < most) {
            if (count.compareAndSet(waiting, waiting + 1)) {
                Place place = new Place(room);
                places.add(place);
                return place;
            }
            waiting = count.get();
        }
        return null;
    }

    int size() {
        return count.get();
    }

    /** There is room for one more: the first one hears of it that has not heard of any since it looked. */
    void tellOne() {
        if (count.get() == 0) {
            return;
        }
        for (Place place : places) {
            if (place.tell()) {
                return;
            }
        }
    }
}
