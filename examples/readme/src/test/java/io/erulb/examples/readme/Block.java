package io.erulb.examples.readme;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A fenced block of a Markdown text.
 *
 * @param language the word after the fence, such as {@code sh}
 * @param text what stands between the fences, without the last line break
 */
record Block(String language, String text) {
    private static final Pattern FENCED = Pattern.compile("(?ms)^```(\\w*)\\n(.*?)\\n```$");

    /** All blocks in their order. */
    static List<Block> of(String markdown) {
        List<Block> blocks = new ArrayList<>();
        Matcher fenced = FENCED.matcher(markdown);
        while (fenced.find()) {
            blocks.add(new Block(fenced.group(1), fenced.group(2)));
        }
        return blocks;
    }
}
