package io.erulb.rules.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IpRangesTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8, 10.255.255.255, true",
        "10.0.0.0/8, 11.0.0.0, false",
        "10.1.2.3/8, 10.0.0.0, true",
        "192.0.2.1, 192.0.2.1, true",
        "192.0.2.1, 192.0.2.2, false",
        "0.0.0.0/0, 255.1.2.3, true",
        "0.0.0.0/0, ::1, false",
        "::/0, ::1, true",
        "::/0, 1.2.3.4, false",
        "2001:db8::/32, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff, true",
        "2001:db8::/32, 2001:db9::, false",
        "2001:db8::/64, 2001:db8::ffff:ffff:ffff:ffff, true",
        "2001:db8::/65, 2001:db8::8000:0:0:0, false",
        "2001:db8::8000:0:0:0/65, 2001:db8::8000:0:0:0, true",
        "ffff::/16, ffff::1, true",
        "::ffff:10.0.0.1, 10.0.0.1, true"
    })
    void holdsTheAddressesOfItsBlocks(String block, String address, boolean held) {
        IpRanges ranges = IpRanges.of(List.of(IpRange.parse("203.0.113.0/24"), IpRange.parse(block)));

        assertThat(ranges.contains(IpRange.literal(address))).isEqualTo(held);
    }

    @Test
    void holdsWhatABlockByBlockLookHolds() throws UnknownHostException {
        Random random = new Random(11);

        for (int i = 0; i < 500; i++) {
            List<IpRange> blocks = new ArrayList<>();
            for (int j = random.nextInt(30); j > 0; j--) {
                InetAddress address = address(random);
                blocks.add(new IpRange(address, random.nextInt(address.getAddress().length * 8 + 1)));
            }
            InetAddress asked = address(random);

            assertThat(IpRanges.of(blocks).contains(asked))
                    .as("%s in %s, seed 11", asked, blocks)
                    .isEqualTo(blocks.stream().anyMatch(block -> sharesPrefix(block, asked)));
        }
    }

    private static boolean sharesPrefix(IpRange block, InetAddress asked) {
        byte[] a = block.address().getAddress();
        byte[] b = asked.getAddress();
        return a.length == b.length
                && Stream.iterate(0, i -> i < block.prefix(), i -> i + 1).allMatch(i -> bit(a, i) == bit(b, i));
    }

    private static int bit(byte[] bytes, int index) {
        return bytes[index / 8] >> (7 - index % 8) & 1;
    }

    /** Few distinct bytes, so that blocks nest and addresses hit. */
    private static InetAddress address(Random random) throws UnknownHostException {
        byte[] bytes = new byte[random.nextBoolean() ? 4 : 16];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (random.nextInt(3) * 0x80 - 1);
        }
        return InetAddress.getByAddress(bytes);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "10.0.0.0/33",
                "10.0.0.0/",
                "10.0.0.0/x",
                "::/129",
                "10.0/8",
                "10.0.0.300",
                "1::2::3",
                "10.0.0.0/8/8"
            })
    void refusesWhatIsNoBlock(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IpRange.parse(text))
                .withMessageContaining("expected: ");
    }
}
