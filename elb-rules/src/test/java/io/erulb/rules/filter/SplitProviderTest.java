package io.erulb.rules.filter;

import static io.erulb.rules.Graphs.filter;
import static io.erulb.rules.Graphs.filterFaults;
import static io.erulb.rules.Graphs.matches;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.erulb.rules.FilterTypes;
import io.erulb.rules.RequestFacts;
import io.erulb.rules.RuleGraph;
import io.erulb.rules.StableHash;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SplitProviderTest {
    private static final RequestFacts REQUEST = RequestFacts.get("http://t.local/");

    @ParameterizedTest
    @CsvSource({"0, 0.0, false", "0.5, 0.0049, true", "0.5, 0.005, false", "100, 0.999999, true"})
    void drawsAtRandomWithoutAKey(String percent, double draw, boolean matched) {
        FilterTypes types =
                FilterTypes.none().with(new SplitProvider(() -> draw)).with(new BackendProvider());

        assertThat(matches(filter("split", "'percent': " + percent, types), REQUEST))
                .isEqualTo(matched);
    }

    @Test
    void drawsFromARealGeneratorByDefault() {
        RuleGraph graph = filter("split", "'percent': 50");

        assertThat(share(i -> matches(graph, REQUEST))).isEqualTo(0.5, within(0.03));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1, 12.5, 50, 99.9})
    void takesItsShareOfTheKeys(double percent) {
        RuleGraph graph = filter("split", "'percent': " + percent + ", 'on': 'header:X-User'");

        assertThat(share(i -> matches(graph, user(i)))).isEqualTo(percent / 100, within(0.01));
    }

    @Test
    void aKeyStaysOnItsSideWhenTheShareGrows() {
        RuleGraph ten = filter("split", "'percent': 10, 'on': 'header:X-User'");
        RuleGraph twenty = filter("split", "'percent': 20, 'on': 'header:X-User'");

        assertThat(IntStream.range(0, 10_000).filter(i -> matches(ten, user(i))))
                .isNotEmpty()
                .allMatch(i -> matches(twenty, user(i)));
    }

    @Test
    void splitsOfDifferentSaltsAreIndependent() {
        RuleGraph one = filter("split", "'percent': 50, 'on': 'header:X-User', 'salt': 'one'");
        RuleGraph two = filter("split", "'percent': 50, 'on': 'header:X-User', 'salt': 'two'");

        assertThat(share(i -> matches(one, user(i)) && matches(two, user(i)))).isEqualTo(0.25, within(0.02));
    }

    @Test
    void theSaltIsTheRulesNameUnlessGiven() {
        RuleGraph named = filter("split", "'percent': 50, 'on': 'header:X-User', 'salt': 'r1'");
        RuleGraph unnamed = filter("split", "'percent': 50, 'on': 'header:X-User'");

        assertThat(IntStream.range(0, 1_000)).allMatch(i -> matches(named, user(i)) == matches(unnamed, user(i)));
    }

    @Test
    void takesItsKeyFromWhereItIsTold() {
        RequestFacts request = RequestFacts.get("http://t.local/?u=k")
                .withHeader("X-User", "k")
                .withHeader("Cookie", "u=k");

        assertThat(List.of("header:X-User", "cookie:u", "query:u"))
                .allSatisfy(on -> assertThat(seen(on, request)).isEqualTo(seen("header:X-User", request)));
        assertThat(seen("client", request.withClient("192.0.2.9"))).startsWith("192.0.2.9 at ");
    }

    @Test
    void aRequestWithoutTheKeyTakesFail() {
        assertThat(matches(filter("split", "'percent': 100, 'on': 'cookie:u'"), REQUEST))
                .isFalse();
    }

    /** These places are promised: a new release must not move users to the other side. */
    @ParameterizedTest
    @CsvSource({
        "'', '', 0.722706486340",
        "r1, alice, 0.027747084981",
        "r1, bob, 0.717310526303",
        "canary, 192.0.2.1, 0.905843812748",
        "r1, ä, 0.495831210731"
    })
    void theHashNeverChanges(String salt, String key, double place) {
        assertThat(StableHash.fraction(salt, key)).isEqualTo(place, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "100.1", "'50'", "null", "1e400"})
    void refusesAShareThatIsNoPercentage(String percent) {
        assertThat(filterFaults("split", "'percent': " + percent))
                .singleElement()
                .asString()
                .endsWith("(expected: a number from 0 to 100)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"'user'", "'header:'", "'header:a b'", "'path:x'", "''"})
    void refusesAKeyItCanNotRead(String on) {
        assertThat(filterFaults("split", "'percent': 1, 'on': " + on))
                .singleElement()
                .asString()
                .endsWith("(expected: client, host, path, header:NAME, cookie:NAME or query:NAME)");
    }

    private static RequestFacts user(int number) {
        return REQUEST.withHeader("X-User", "user-" + number);
    }

    private static double share(IntPredicate matched) {
        return IntStream.range(0, 10_000).filter(matched).count() / 10_000.0;
    }

    private static String seen(String on, RequestFacts request) {
        String args = "'percent': 50, 'on': '" + on + "'";
        return String.valueOf(
                filter("split", args).explain(request).steps().get(0).seen());
    }
}
