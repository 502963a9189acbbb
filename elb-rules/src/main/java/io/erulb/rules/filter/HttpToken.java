package io.erulb.rules.filter;

/** Tokens of RFC 9110 section 5.6.2: names of fields, cookies and methods. */
final class HttpToken {
    private static final String MARKS = "!#$%&'*+-.^_`|~";

    private HttpToken() {}

    static boolean isToken(String text) {
        return !text.isEmpty() && text.chars().allMatch(HttpToken::isTokenChar);
    }

    private static boolean isTokenChar(int c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || MARKS.indexOf(c) >= 0;
    }
}
