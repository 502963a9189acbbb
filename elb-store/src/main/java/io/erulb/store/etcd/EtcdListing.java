package io.erulb.store.etcd;

import io.erulb.store.ConfigKey;
import io.erulb.store.StoredConfig;
import io.erulb.store.StoredValue;
import java.util.Map;
import java.util.Set;

/**
 * All keys under the prefix at one revision.
 *
 * @param revision the revision
 * @param entries the values of our keys
 * @param strays the other keys, in full
 */
record EtcdListing(long revision, Map<ConfigKey, StoredValue> entries, Set<String> strays) {

    StoredConfig config() {
        return new StoredConfig(revision, entries);
    }
}
