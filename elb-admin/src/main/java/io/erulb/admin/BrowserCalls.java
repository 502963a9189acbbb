package io.erulb.admin;

import io.undertow.server.HttpServerExchange;
import io.undertow.util.HeaderMap;
import io.undertow.util.Headers;
import io.undertow.util.HttpString;
import io.undertow.util.Methods;
import io.undertow.util.StatusCodes;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Refuses what a page of another site makes the browser of a loopback peer ask for. Such a page can't send a token, so
 * that these checks are for the API without one; what is no browser is not concerned.
 */
final class BrowserCalls {
    private static final HttpString FETCH_SITE = new HttpString("Sec-Fetch-Site");
    private static final HttpString FETCH_DEST = new HttpString("Sec-Fetch-Dest");
    private static final HttpString ORIGIN = new HttpString("Origin");
    /** Every browser sends one of these; a script can change the last, but can't leave it out. */
    private static final List<HttpString> MARKS = List.of(FETCH_SITE, ORIGIN, Headers.ACCEPT_LANGUAGE);

    private static final Set<String> OWN_SITES = Set.of("same-origin", "none");
    private static final Answer FROM_ELSEWHERE = Answer.message(
            StatusCodes.FORBIDDEN, "a page of another site asked for this, which only a token can allow");
    private static final Answer UNDER_A_NAME = Answer.message(
            StatusCodes.FORBIDDEN,
            "without a token, browsers may ask for this only by an address, localhost or a name without dots");

    private BrowserCalls() {}

    /** Null when no browser is used against its user, else what to answer. */
    static @Nullable Answer refusal(HttpServerExchange exchange) {
        HeaderMap headers = exchange.getRequestHeaders();
        if (!isFromBrowser(headers)) {
            return null;
        }
        if (isFromElsewhere(headers) && !isLinkThatWasFollowed(exchange)) {
            return FROM_ELSEWHERE;
        }
        return isUnmistakable(exchange.getHostName()) ? null : UNDER_A_NAME;
    }

    private static boolean isFromBrowser(HeaderMap headers) {
        return MARKS.stream().anyMatch(headers::contains);
    }

    private static boolean isFromElsewhere(HeaderMap headers) {
        String site = headers.getFirst(FETCH_SITE);
        String origin = headers.getFirst(ORIGIN);
        return (site != null && !OWN_SITES.contains(site))
                || (origin != null
                        && !origin.equalsIgnoreCase("http://" + headers.getFirst(Headers.HOST))
                        && !origin.equalsIgnoreCase("https://" + headers.getFirst(Headers.HOST)));
    }

    /** What is read in a window of its own can't be seen by the page that led there. */
    private static boolean isLinkThatWasFollowed(HttpServerExchange exchange) {
        HeaderMap headers = exchange.getRequestHeaders();
        return exchange.getRequestMethod().equals(Methods.GET)
                && "document".equals(headers.getFirst(FETCH_DEST))
                && !headers.contains(ORIGIN);
    }

    /** Whether no stranger's DNS can make this host ours: a name with dots may be of a page that had it point here. */
    private static boolean isUnmistakable(String host) {
        String name = host.toLowerCase(Locale.ROOT);
        return name.indexOf('.') < 0 || name.endsWith(".localhost") || name.matches("[0-9]+(\\.[0-9]+){3}");
    }
}
