package io.erulb.proxy.fuzz;

import io.erulb.proxy.fuzz.Case.Kind;
import io.erulb.proxy.wire.WireResponse;
import java.util.List;

/** Whether what a client heard is what its case allows: its own answers, in order, whole or visibly cut. */
final class Verdict {
    private final Case judged;
    private final SentRequests requests;
    private final Heard heard;

    Verdict(Case judged, Heard heard) {
        this.judged = judged;
        this.requests = judged.read;
        this.heard = heard;
    }

    /** What is wrong; null when nothing is. */
    String wrong() {
        if (heard.end() == Heard.End.SILENCE) {
            return "neither an answer nor an end came";
        }
        List<ReadAnswer> answers = heard.answers();
        for (int i = 0; i < answers.size(); i++) {
            String wrong = wrong(i, answers.get(i));
            if (wrong != null) {
                return "answer " + i + ": " + wrong;
            }
        }
        String wrong = heard.rest() == null ? wrongEnd(answers.size()) : wrongRest(answers.size(), heard.rest());
        return wrong == null ? null : "behind " + answers.size() + " answers: " + wrong;
    }

    private String wrong(int number, ReadAnswer answer) {
        if (number > requests.whole() || (number == requests.whole() && requests.isClean())) {
            return "more answers than requests";
        }
        if (number > 0 && !heard.answers().get(number - 1).isPersistent()) {
            return "an answer behind the last one";
        }
        return answer.isPassedOn() ? wrongPassedOn(number, answer) : wrongOwn(number, answer);
    }

    private String wrongPassedOn(int number, ReadAnswer answer) {
        List<Answer> given = judged.given(number);
        if (!answer.interims().stream().allMatch(interim -> wasSaid(interim, given))) {
            return "an interim answer that no server gave to this request";
        }
        for (Answer one : given) {
            if (one.read().is(answer)) {
                return null;
            }
        }
        boolean cutForOld = answer.endsWithConnection() && !requests.get(number).isHttp11();
        if (cutForOld
                && given.stream().anyMatch(one -> !one.isCertain() && one.read().beginsWith(answer))) {
            // HTTP/1.0 has no way to tell a cut from an end.
            return null;
        }
        return "not what a server said to this request";
    }

    private static boolean isPlainContinue(WireResponse interim) {
        return interim.status() == 100 && interim.fields().list().isEmpty();
    }

    private static boolean wasSaid(WireResponse interim, List<Answer> given) {
        return isPlainContinue(interim)
                || given.stream().anyMatch(one -> one.read().hasInterim(interim));
    }

    private String wrongOwn(int number, ReadAnswer answer) {
        boolean mayBeOurs = judged.isAnsweredHere(number) || number == requests.whole();
        if (judged.kind == Kind.REQUESTS) {
            boolean refusal = number >= judged.firstSpoiled && answer.status() >= 400;
            return mayBeOurs || refusal || requests.isOptions(number)
                    ? null
                    : "a good request was refused with " + answer;
        }
        List<Answer> given = judged.given(number);
        boolean failed = given.stream().anyMatch(one -> !one.isCertain());
        // The server may close a connection just when a request comes that is not sent twice.
        boolean lost = given.isEmpty() && !requests.get(number).isSentAgain();
        return answer.status() == 502 && (failed || lost) ? null : "a good answer was replaced by " + answer;
    }

    /** An answer that is not whole must be cut, and for a reason. */
    private String wrongRest(int number, ReadAnswer rest) {
        if (rest.isMalformed()) {
            return "malformed bytes: " + rest;
        }
        if (number > 0 && !heard.answers().get(number - 1).isPersistent()) {
            return "bytes behind the last answer";
        }
        if (!heard.ended()) {
            return "a part of an answer that nobody asked for";
        }
        if (!rest.isHeadWhole()) {
            return wrongEnd(number);
        }
        boolean uploadBroke = number == requests.whole() && number < requests.begun();
        boolean answerBroke = judged.given(number).stream()
                .anyMatch(one -> !one.isCertain() && one.read().beginsWith(rest));
        // A socket that is closed with bytes unread resets its peer, who may lose what was on its way.
        boolean reset = heard.end() == Heard.End.RESET && requests.hasMoreBehind(number);
        return uploadBroke || answerBroke || reset ? null : "an answer was cut for no reason: " + rest;
    }

    /** An end with answers missing needs a reason. */
    private String wrongEnd(int number) {
        boolean last = number > 0 && !heard.answers().get(number - 1).isPersistent();
        if (!heard.ended() || last || number >= requests.whole()) {
            return null;
        }
        boolean early = number > 0 && judged.answersEarly(number - 1);
        boolean answerBroke = judged.given(number).stream().anyMatch(one -> !one.isCertain());
        return early || answerBroke ? null : "the connection ended without an answer";
    }
}
