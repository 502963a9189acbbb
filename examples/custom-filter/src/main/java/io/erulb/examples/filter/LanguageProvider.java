package io.erulb.examples.filter;

import io.erulb.rules.spi.Filter;
import io.erulb.rules.spi.FilterArgs;
import io.erulb.rules.spi.FilterProvider;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The filter type {@code language}: does the visitor like one of these languages best? As in
 * {@code {"type": "language", "args": {"is": ["de", "fr"], "succ": "r2", "fail": "r3"}}}.
 */
public final class LanguageProvider implements FilterProvider {

    /** Called by the service loader. */
    public LanguageProvider() {}

    @Override
    public String type() {
        return "language";
    }

    @Override
    public Filter create(FilterArgs args) {
        Set<String> languages = args.texts("is").stream()
                .map(language -> language.toLowerCase(Locale.ROOT))
                .collect(Collectors.toUnmodifiableSet());
        return new LanguageFilter(languages);
    }
}
