package io.erulb.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RuleSetTest {
    @Test
    void printsWhatItReadDownToTheDigitsOfNumbers() {
        String json = "{\"z\":[1.50,-0,1E400,123456789012345678901234567890,0],\"a\":{\"\":null,\"b\":[true,false,{}]},"
                + "\"text\":\"\\\"\\\\ \\n ä <a> \\u2028\"}";

        assertThat(RuleSet.parse(json).toJson()).isEqualTo(json);
    }

    @Test
    void isEqualByContentWhateverBlanksAndTheOrderOfMembers() {
        RuleSet one = RuleSet.parse("{\"init\": \"a\", \"rules\": {\"a\": [], \"b\": 1}}");
        RuleSet same = RuleSet.parse("{\"rules\":{\"b\":1,\"a\":[]},\"init\":\"a\"}");
        RuleSet other = RuleSet.parse("{\"rules\":{\"b\":1.0,\"a\":[]},\"init\":\"a\"}");

        assertThat(one).isEqualTo(same).hasSameHashCodeAs(same).isNotEqualTo(other);
    }

    @Test
    void saysTheSameWhenItIsLookedAtMuchLater() {
        RuleSet one = RuleSet.parse("{\"init\": \"a\", \"rules\": {\"a\": [1.50], \"b\": 1}}");
        RuleSet same = RuleSet.parse("{\"rules\":{\"b\":1,\"a\":[1.50]},\"init\":\"a\"}");
        RuleSet other = RuleSet.parse("{\"rules\":{\"b\":1,\"a\":[1.5]},\"init\":\"a\"}");

        // What was read may be let go of by then.
        System.gc();

        assertThat(one).isEqualTo(same).isNotEqualTo(other);
        assertThat(one.root()).isEqualTo(same.root());
    }

    @Test
    void refusesNamesThatStandTwiceAllAtOnce() {
        assertThat(refusal("{\"rules\": {\"r1\": 1, \"r1\": 2}, \"init\": \"a\", \"init\": \"b\"}"))
                .extracting(Fault::toString)
                .containsExactly(
                        "rules.r1: the name stands twice in its object", "init: the name stands twice in its object");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[]", "1", "null", "\"text\""})
    void refusesADocumentThatIsNoObject(String json) {
        assertThat(refusal(json)).singleElement().asString().contains("expected: a JSON object with init and rules");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{} {}",
                "{'a': 1}",
                "{a: 1}",
                "{\"a\": 1,}",
                "{\"a\": 01}",
                "{\"a\": NaN}",
                "{\"a\": TRUE}",
                "{\"a\": \"\n\"}",
                "{\"a\": 1} //",
                "{\"a\" = 1}",
                ")]}'\n{}"
            })
    void refusesWhatIsNotStrictJson(String json) {
        assertThat(refusal(json))
                .singleElement()
                .asString()
                .containsAnyOf("malformed JSON", "too early", "after the end")
                .doesNotContain("Strictness", "http");
    }

    @Test
    void saysWhereTheJsonBreaks() {
        assertThat(refusal("{\"rules\": {\n \"r1\": oops}}"))
                .singleElement()
                .asString()
                .isEqualTo("malformed JSON at line 2 column 8 path $.rules.r1");
    }

    private static List<Fault> refusal(String json) {
        RuleSetException refusal = catchThrowableOfType(RuleSetException.class, () -> RuleSet.parse(json));
        return refusal.faults();
    }
}
