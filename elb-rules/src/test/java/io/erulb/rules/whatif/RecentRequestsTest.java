package io.erulb.rules.whatif;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.erulb.rules.FilterTypes;
import io.erulb.rules.RequestFacts;
import io.erulb.rules.RuleGraph;
import io.erulb.rules.Walk;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is kept of requests, and of how many. */
class RecentRequestsTest {
    private static final RuleGraph GRAPH =
            Recording.graph("{'init': 'r', 'rules': {'r': {'type': 'respond', 'args': {}}}}", FilterTypes.installed());

    private static void record(RecentRequests ring, String url, String... fields) {
        RequestFacts request = RequestFacts.get(url);
        Walk walk = new Walk();
        GRAPH.decide(request, walk);
        ring.record(request, fields::clone, GRAPH, walk);
    }

    @Test
    void keepsTheLastOnesOldestFirst() {
        RecentRequests ring = new RecentRequests(3, 1, Secrets.usual());

        for (int i = 0; i < 5; i++) {
            record(ring, "http://t.local/" + i);
        }

        assertThat(ring.all()).extracting(Kept::path).containsExactly("/2", "/3", "/4");
    }

    @Test
    void keepsOneInSoMany() {
        RecentRequests ring = new RecentRequests(3, 10, Secrets.usual());

        for (int i = 0; i < 45; i++) {
            record(ring, "http://t.local/" + i);
        }

        assertThat(ring.all()).extracting(Kept::path).containsExactly("/20", "/30", "/40");
    }

    @Test
    void keepsNoSecret() throws Exception {
        RecentRequests ring = new RecentRequests(9, 1, Secrets.usualAnd(List.of("X-Session", "query:pin")));

        record(
                ring,
                "http://t.local/a?x=1&Token=xyzzy-1&%74oken=xyzzy-2&pin=xyzzy-3&access_token=xyzzy-4"
                        + "&a=1;token=xyzzy-15&token[]=xyzzy-16&Token%5B0%5D=xyzzy-17&sig=1;xyzzy-18",
                "authorization",
                "Bearer xyzzy-5",
                "PROXY-AUTHORIZATION",
                "Basic xyzzy-6",
                "Cookie",
                "session=xyzzy-7; b = \"xyzzy-8=\";xyzzy-9",
                "cookie",
                "xyzzy-10",
                "x-session",
                "xyzzy-11",
                "X-API-Key",
                "xyzzy-12",
                "ELB-Token",
                "xyzzy-14",
                "Referer",
                "http://t.local/b?y=2&token=xyzzy-13");

        List<String> texts = Reachable.textsFrom(ring);
        assertThat(texts).noneMatch(text -> text.contains("xyzzy"));
        assertThat(texts)
                .anyMatch(text -> text.startsWith("session=hidden:"))
                .anyMatch(text -> text.startsWith("x=1&"));
    }

    @Test
    void ofEqualSecretsKeepsTheSameAndOfOthersAnother() {
        RecentRequests ring = new RecentRequests(9, 1, Secrets.usual());
        for (String secret : List.of("a", "b", "a")) {
            record(ring, "http://t.local/", "Authorization", secret);
        }

        List<String> hashes =
                ring.all().stream().map(kept -> kept.header("Authorization")).toList();

        assertThat(hashes.get(0)).isEqualTo(hashes.get(2)).isNotEqualTo(hashes.get(1));
        assertThat(Secrets.usual().hidden("a")).as("by another key").isNotEqualTo(hashes.get(0));
    }

    @ParameterizedTest
    @CsvSource({"1, 5000", "5000, 1"})
    void isBoundedWhateverRequestsHave(int name, int value) throws Exception {
        RecentRequests ring = new RecentRequests(9, 1, Secrets.usual());
        String[] fields = new String[20_000];
        for (int i = 0; i < fields.length; i += 2) {
            fields[i] = "X".repeat(name) + i;
            fields[i + 1] = "v".repeat(value);
        }

        record(ring, "http://t.local/" + "p".repeat(30_000) + "?" + "q".repeat(30_000), fields);

        int characters = Reachable.textsFrom(ring.all().get(0)).stream()
                .mapToInt(String::length)
                .sum();
        assertThat(characters).isLessThan(15_000);
    }

    @ParameterizedTest
    @ValueSource(strings = {";", "&", "&a=1", ";a=1", "&token=xyzzy", ";token=xyzzy"})
    void ofWhatIsTooLongNoMoreIsMadeThanIsKept(String part) {
        String sent = part.repeat(5_000);

        assertThat(List.of(
                        Secrets.usual().header("Cookie", sent), Secrets.usual().query(sent)))
                .allSatisfy(kept ->
                        assertThat(kept).hasSizeLessThan(Kept.LONGEST + 100).doesNotContain("xyzzy"));
    }

    @Test
    void whatWasLeftOffIsKnownToBeCut() {
        RecentRequests ring = new RecentRequests(9, 1, Secrets.usual());
        record(ring, "http://t.local/?" + "&token=a".repeat(100), "Cookie", "a=1;".repeat(100));

        Kept kept = ring.all().get(0);

        assertThat(List.of(kept.query(), kept.headers("Cookie").get(0))).allMatch(Kept::isCut);
    }

    @Test
    void losesNothingOfManyThreadsWhileItIsComparedWith() throws Exception {
        int threads = 4;
        int each = 20_000;
        RecentRequests ring = new RecentRequests(threads * each, 1, Secrets.usual());
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        List<Future<?>> running = new ArrayList<>();
        for (int thread = 0; thread < threads; thread++) {
            int first = thread * each;
            running.add(pool.submit(() -> {
                for (int i = 0; i < each; i++) {
                    record(ring, "http://t.local/" + (first + i));
                }
            }));
        }
        int compared = 0;
        while (running.stream().anyMatch(thread -> !thread.isDone())) {
            int requests = WhatIf.compare(ring, GRAPH).requests();
            assertThat(requests).isGreaterThanOrEqualTo(compared);
            compared = requests;
        }
        for (Future<?> thread : running) {
            thread.get();
        }
        pool.shutdown();

        assertThat(ring.all()).extracting(Kept::path).doesNotHaveDuplicates().hasSize(threads * each);
        assertThat(WhatIf.compare(ring, GRAPH).moved()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "1000001, 1", "1, 0"})
    void isOfSomeSize(int size, int oneIn) {
        assertThatThrownBy(() -> new RecentRequests(size, oneIn, Secrets.usual()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected");
    }

    @ParameterizedTest
    @CsvSource({"cookie:a", "path:", "x y", "''"})
    void secretsAreOfHeadersAndParameters(String name) {
        assertThatThrownBy(() -> Secrets.usualAnd(List.of(name)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("expected: a header's name");
    }
}
