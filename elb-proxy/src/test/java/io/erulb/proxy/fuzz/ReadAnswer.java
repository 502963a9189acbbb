package io.erulb.proxy.fuzz;

import io.erulb.proxy.wire.CutException;
import io.erulb.proxy.wire.MalformedException;
import io.erulb.proxy.wire.StrictResponseParser;
import io.erulb.proxy.wire.StrictResponseParser.Asked;
import io.erulb.proxy.wire.WireResponse;
import io.erulb.proxy.wire.WireResponse.End;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** An answer with the interim ones before it as far as bytes tell, read strictly: whole, cut or malformed. */
final class ReadAnswer {
    private static final Set<String> ADDED = Set.of("via", "date", "connection", "transfer-encoding");
    private static final int SWITCHING = 101;

    private final List<WireResponse> interims = new ArrayList<>();
    private WireResponse answer;
    private boolean whole;
    private String malformed = "";
    private final int end;

    /**
     * Reads the answer that begins at an offset.
     *
     * @param ended whether the connection ended behind the bytes
     */
    ReadAnswer(byte[] bytes, int from, int to, Asked asked, boolean ended) {
        StrictResponseParser parser = new StrictResponseParser(new ByteArrayInputStream(bytes, from, to - from));
        try {
            read(parser, asked);
            whole = answer != null && (answer.end() == End.CLOSE ? ended : answer.complete());
        } catch (CutException cut) {
            // Neither whole nor malformed.
        } catch (MalformedException e) {
            answer = parser.begun();
            malformed = Objects.requireNonNull(e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        end = from + (int) parser.position();
    }

    private void read(StrictResponseParser parser, Asked asked) throws IOException {
        WireResponse next = parser.next(asked);
        while (next != null && next.status() < 200 && next.status() != SWITCHING) {
            interims.add(next);
            next = parser.next(asked);
        }
        if (next != null && next.status() == SWITCHING) {
            malformed = "nobody asked for another protocol";
        } else {
            answer = next;
        }
    }

    /** The interim answers before it. */
    List<WireResponse> interims() {
        return interims;
    }

    int status() {
        return answer.status();
    }

    boolean isHeadWhole() {
        return answer != null;
    }

    boolean isWhole() {
        return whole;
    }

    boolean isMalformed() {
        return !malformed.isEmpty();
    }

    /** The offset behind it. */
    int end() {
        return end;
    }

    /** Whether its body goes on until the connection ends. */
    boolean endsWithConnection() {
        return answer.end() == End.CLOSE;
    }

    boolean isPersistent() {
        return !endsWithConnection() && Fields.isPersistent(answer.fields(), answer.minor());
    }

    /** Whether the proxy passed it on, and did not make it itself. */
    boolean isPassedOn() {
        return answer.fields().lists("Via", "1.1 elb") || answer.fields().lists("Via", "1.0 elb");
    }

    /** Whether a client's answer is this one. */
    boolean is(ReadAnswer heard) {
        return whole && agree(answer, heard.answer) && heard.answer.body().equals(answer.body());
    }

    /** Whether a client's answer is the beginning of this one. */
    boolean beginsWith(ReadAnswer heard) {
        return answer != null && agree(answer, heard.answer) && answer.body().startsWith(heard.answer.body());
    }

    /** Whether an interim answer that a client heard came before this one. */
    boolean hasInterim(WireResponse heard) {
        return interims.stream().anyMatch(sent -> agree(sent, heard));
    }

    private static boolean agree(WireResponse sent, WireResponse heard) {
        return heard.status() == sent.status() && Fields.areFrom(heard.fields(), sent.fields(), ADDED);
    }

    @Override
    public String toString() {
        String state = whole ? "whole" : malformed.isEmpty() ? "cut" : "malformed (" + malformed + ")";
        return answer == null
                ? state
                : state + ' ' + answer.status() + " with " + answer.body().length() + " bytes of body";
    }
}
