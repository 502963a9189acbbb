package io.erulb.store.etcd;

import io.erulb.store.ConfigKey;
import io.erulb.store.StoredConfig;
import io.erulb.store.StoredValue;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All keys under the prefix at one revision; while a {@link StagedCommit} is being written, as they were before.
 *
 * @param revision the revision
 * @param entries the values of our keys
 * @param strays the other keys, in full
 * @param pending the commit that is being written, or null
 * @param markerHidden whether we may not know of such commits
 */
record EtcdListing(
        long revision,
        Map<ConfigKey, StoredValue> entries,
        Set<String> strays,
        @Nullable CommitMarker pending,
        boolean markerHidden) {

    StoredConfig config() {
        return new StoredConfig(revision, entries);
    }
}
