package io.erulb.rules.whatif;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By the vectors of the authors' reference: key 00 01 .. 0f, messages 00 01 02 .. of even lengths. */
class SipHashTest {
    private static final SipHash HASH = new SipHash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);

    @ParameterizedTest
    @CsvSource({
        "0, 726fdb47dd0e0e31",
        "2, 0d6c8009d9a94f5a",
        "4, cf2794e0277187b7",
        "6, cbc9466e58fee3ce",
        "8, 93f5f5799a932462",
        "14, f723ca908e7af2ee",
    })
    void isThatOfTheReference(int bytes, String expected) {
        assertThat(Long.toHexString(HASH.of(message(bytes), 0, bytes / 2))).isEqualTo(expected.replaceFirst("^0+", ""));
    }

    /** Two bytes a character, the lower one first. */
    private static String message(int bytes) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < bytes; i += 2) {
            text.append((char) (i | (i + 1) << 8));
        }
        return text.toString();
    }
}
