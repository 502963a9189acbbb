package io.erulb.store.etcd;

import io.etcd.jetcd.kv.GetResponse;
import io.etcd.jetcd.watch.WatchResponse;

/** What comes in while a watch is open. */
sealed interface WatchSignal {

    /** An answer on the watch: events, or only a sign of life. */
    record Answer(WatchResponse response) implements WatchSignal {}

    /** What a look past the watch found: the number of keys, and one of those newer than was told, if there is any. */
    record Checked(GetResponse response) implements WatchSignal {}

    /** The watch ended: nothing more comes that may be believed. */
    record Ended(Throwable cause) implements WatchSignal {}
}
