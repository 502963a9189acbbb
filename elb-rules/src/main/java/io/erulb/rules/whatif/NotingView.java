package io.erulb.rules.whatif;

import io.erulb.rules.RequestView;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A kept request that notes whether it was asked for what it does not know any more. For one thread. */
final class NotingView implements RequestView {
    private final Kept kept;

    /** Whether a value was told that is not what was sent. */
    private boolean hidden;

    /** Whether something was said not to be there that may have been. */
    private boolean missing;

    NotingView(Kept kept) {
        this.kept = kept;
    }

    void forget() {
        hidden = false;
        missing = false;
    }

    /**
     * Whether an answer since the last {@link #forget} may differ from what the request itself would have told.
     *
     * @param byPresence whether only the presence of values matters
     */
    boolean mayDiffer(boolean byPresence) {
        return missing || (hidden && !byPresence);
    }

    private String told(String value) {
        hidden |= Secrets.isHidden(value);
        return value;
    }

    @Override
    public String method() {
        return told(kept.method());
    }

    @Override
    public String scheme() {
        return kept.scheme();
    }

    @Override
    public String host() {
        return told(kept.host());
    }

    @Override
    public String path() {
        return told(kept.path());
    }

    @Override
    public String query() {
        return told(kept.query());
    }

    @Override
    public @Nullable String header(String name) {
        String value = kept.header(name);
        missing |= value == null && !kept.allFields();
        return value == null ? null : told(value);
    }

    @Override
    public List<String> headers(String name) {
        List<String> values = kept.headers(name);
        missing |= !kept.allFields();
        values.forEach(this::told);
        return values;
    }

    @Override
    public InetAddress client() {
        return kept.client();
    }

    @Override
    public @Nullable String cookie(String name) {
        String value = kept.cookie(name);
        missing |= value == null
                && (!kept.allFields() || kept.headers("Cookie").stream().anyMatch(Kept::isCut));
        return value == null ? null : told(value);
    }

    @Override
    public @Nullable String queryParameter(String name) {
        String value = kept.queryParameter(name);
        missing |= value == null && Kept.isCut(kept.query());
        return value == null ? null : told(value);
    }
}
