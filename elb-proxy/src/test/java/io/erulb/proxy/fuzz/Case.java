package io.erulb.proxy.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/**
 * One run of requests on a client's connection and the answers to them, made from a seed and a number alone. What it
 * holds is fixed once it is made, but for the answers, which are made when they are asked for.
 */
final class Case {
    /** Which side talks nonsense. */
    enum Kind {
        REQUESTS,
        ANSWERS
    }

    /** What the client does once it has sent all. */
    enum After {
        /** Waits for its answers and keeps the connection. */
        KEEP,
        /** Reads until the proxy closes. */
        READ_ON,
        /** Ends its direction and reads until the proxy closes. */
        HALF_CLOSE,
        /** Leaves, with answers unread. */
        RESET
    }

    final Kind kind;
    final long seed;
    final long number;
    final Segments sent;
    final SentRequests read;
    final Ledger ledger;
    final After after;

    /** Requests before this one are as well-formed as they were made. */
    final int firstSpoiled;

    private final boolean many;
    private final BitSet local = new BitSet();
    private final List<List<Answer>> answers = new ArrayList<>();

    Case(Kind kind, long seed, long number) {
        this.kind = kind;
        this.seed = seed;
        this.number = number;
        Chance chance = chance(0);
        many = chance.oneIn(4);
        List<Message> run = run(chance);
        firstSpoiled = kind == Kind.REQUESTS ? chance.below(run.size()) : run.size();
        byte[] bytes = bytes(spoilt(run, chance), chance);
        sent = Segments.of(bytes, chance);
        read = SentRequests.read(bytes);
        ledger = new Ledger(read);
        after = after(chance);
    }

    private Chance chance(int purpose) {
        return new Chance(kind == Kind.ANSWERS ? seed + 1 : seed, number * 256 + purpose);
    }

    private RequestGenerator generator(Chance chance) {
        return new RequestGenerator(chance, many ? FuzzProxy.MANY : FuzzProxy.ONE);
    }

    private String id(int request) {
        return Long.toHexString(number) + (kind == Kind.REQUESTS ? "r" : "a") + request;
    }

    /** Large bodies come alone: nobody reads answers before all requests are sent. */
    private List<Message> run(Chance chance) {
        RequestGenerator generator = generator(chance);
        List<Message> run = new ArrayList<>();
        int requests = chance.oneIn(2) ? 1 : chance.between(2, 4);
        for (int i = 0; i < requests; i++) {
            local.set(i, kind == Kind.REQUESTS && chance.oneIn(40));
            run.add(local.get(i) ? generator.local(id(i)) : generator.request(id(i), requests == 1));
        }
        return run;
    }

    private List<Message> spoilt(List<Message> run, Chance chance) {
        if (kind == Kind.REQUESTS) {
            Message donor = generator(chance).request(id(9), false);
            Mutation.some(run.get(firstSpoiled), donor, Vocabulary.REQUEST, chance);
        }
        return run;
    }

    private byte[] bytes(List<Message> run, Chance chance) {
        StringBuilder text = new StringBuilder();
        int whole = 0;
        for (int i = 0; i < run.size(); i++) {
            text.append(run.get(i).text());
            whole = i < firstSpoiled ? text.length() : whole;
        }
        if (kind == Kind.REQUESTS && chance.oneIn(8)) {
            text.setLength(chance.between(whole, text.length()));
        }
        return text.toString().getBytes(StandardCharsets.ISO_8859_1);
    }

    private After after(Chance chance) {
        if (chance.oneIn(40)) {
            return After.RESET;
        }
        if (!read.isClean() || read.whole() == 0 || chance.oneIn(20)) {
            return After.HALF_CLOSE;
        }
        return read.isLastPersistent() ? After.KEEP : After.READ_ON;
    }

    /** The answer to a request at a server's nth attempt; the same whenever it is asked for. */
    synchronized Answer answer(int request, int attempt, boolean toHead) {
        while (answers.size() <= request) {
            answers.add(new ArrayList<>());
        }
        List<Answer> attempts = answers.get(request);
        while (attempts.size() <= attempt) {
            int n = attempts.size();
            attempts.add(make(request, n, toHead));
        }
        return attempts.get(attempt);
    }

    private Answer make(int request, int attempt, boolean toHead) {
        String id = id(request) + "t" + attempt;
        Chance chance = chance(16 + request * 4 + attempt);
        if (answersEarly(request)) {
            return Answer.good(AnswerGenerator.plain(id, toHead), toHead, chance);
        }
        Message message = new AnswerGenerator(chance).answer(id, toHead, read.begun() == 1);
        boolean bad = kind == Kind.ANSWERS && attempt == 0 && (request == 0 || chance.oneIn(2));
        return bad ? Answer.bad(message, toHead, chance) : Answer.good(message, toHead, chance);
    }

    /** The answers that servers gave to a request. */
    synchronized List<Answer> given(int request) {
        return request < answers.size() ? List.copyOf(answers.get(request)) : List.of();
    }

    /** Whether a request is one that the proxy answers itself, unless it was spoilt. */
    boolean isAnsweredHere(int request) {
        return local.get(request);
    }

    /** Whether the server asks for a body that the client announced with Expect. */
    boolean continues(int request) {
        return chance(128 + request).oneIn(2);
    }

    /** Whether the server answers before it has the body. */
    boolean answersEarly(int request) {
        return kind == Kind.REQUESTS && chance(192 + request).oneIn(12);
    }

    /** What a person needs to know of it. */
    String describe(String what) {
        StringBuilder text = new StringBuilder(what + "\n  case " + number + " (" + kind + ") of seed " + seed
                + "; again: ./test --fuzz 1 --fuzz-seed " + seed + " --fuzz-at " + number + "\n  sent, then "
                + after + ": " + Escaped.text(sent.bytes()) + "\n  that is: " + read);
        for (int i = 0; i < answers.size(); i++) {
            for (Answer answer : given(i)) {
                text.append("\n  answer ").append(i).append(": ").append(answer);
            }
        }
        return text.toString();
    }
}
