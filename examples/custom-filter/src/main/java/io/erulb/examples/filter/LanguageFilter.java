package io.erulb.examples.filter;

import io.erulb.rules.RequestView;
import io.erulb.rules.spi.Filter;
import io.erulb.rules.spi.Verdict;
import java.util.Locale;
import java.util.Set;

/** Matches when the first language of Accept-Language (RFC 9110, 12.5.4) is one of these, whatever its region. */
record LanguageFilter(Set<String> languages) implements Filter {

    @Override
    public Verdict test(RequestView request) {
        String accepted = request.header("Accept-Language");
        return Verdict.of(accepted != null && languages.contains(first(accepted)));
    }

    /** {@code de-AT,de;q=0.8} begins with {@code de}. */
    private static String first(String accepted) {
        return accepted.strip().split("[-,;]", 2)[0].toLowerCase(Locale.ROOT);
    }
}
