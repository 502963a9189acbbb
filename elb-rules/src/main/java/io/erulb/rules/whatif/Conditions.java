package io.erulb.rules.whatif;

import io.erulb.rules.RequestValue;
import io.erulb.rules.spi.Condition;
import io.erulb.rules.spi.Condition.Texts;
import io.erulb.rules.spi.Filter;
import io.erulb.rules.spi.Verdict;
import java.util.IdentityHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What filters ask, each looked at once, and whether a secret is one of some texts by their hashes. For one thread. */
final class Conditions {
    private final IdentityHashMap<Filter, Condition> known = new IdentityHashMap<>();
    private final Secrets secrets;

    Conditions(Secrets secrets) {
        this.secrets = secrets;
    }

    Condition of(Filter filter) {
        return known.computeIfAbsent(filter, Filter::condition);
    }

    /** The verdict of a filter that wants a header or cookie to equal some texts; null when hashes can't tell it. */
    @Nullable
    Verdict byHash(Condition condition, Kept kept) {
        if (!(condition instanceof Condition.Text text)
                || !(text.texts() instanceof Texts.Equal equal)
                || equal.ignoreCase()
                || !kept.allFields()) {
            return null;
        }
        List<String> values = values(text, kept);
        if (values == null || values.stream().anyMatch(Kept::isCut)) {
            return null;
        }
        return Verdict.of(equal.texts().stream().map(secrets::hidden).anyMatch(values::contains));
    }

    /** Those that are looked at, if all of them are kept as hashes. */
    private @Nullable List<String> values(Condition.Text text, Kept kept) {
        String name = text.value().name();
        if (text.value().kind() == RequestValue.Kind.COOKIE) {
            String cookie = kept.cookie(name);
            return cookie == null ? null : List.of(cookie);
        }
        return text.value().kind() == RequestValue.Kind.HEADER && text.anyLine() && secrets.isSecret(name)
                ? kept.headers(name)
                : null;
    }
}
