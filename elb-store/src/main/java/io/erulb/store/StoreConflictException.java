package io.erulb.store;

import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/** Another writer was faster: nothing was written. */
public final class StoreConflictException extends StoreException {

    private static final long serialVersionUID = 1L;
    private static final int NAMED_IN_MESSAGE = 10;

    private final transient List<ConfigKey> keys;

    /** Creates it with the keys that another wrote. */
    public StoreConflictException(Collection<ConfigKey> keys) {
        super(message(keys));
        this.keys = keys.stream().sorted().toList();
    }

    /** Returns the keys that were written by another since the base of the commit, in order. */
    public List<ConfigKey> keys() {
        return keys;
    }

    private static String message(Collection<ConfigKey> keys) {
        String named = keys.stream()
                .sorted()
                .limit(NAMED_IN_MESSAGE)
                .map(ConfigKey::path)
                .collect(Collectors.joining(", "));
        String more = keys.size() > NAMED_IN_MESSAGE ? " and " + (keys.size() - NAMED_IN_MESSAGE) + " more" : "";
        return "written by another meanwhile, so nothing was changed: " + named + more;
    }
}
