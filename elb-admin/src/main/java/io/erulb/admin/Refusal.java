package io.erulb.admin;

import io.undertow.util.StatusCodes;
import java.util.List;

/** Ends a call that cannot be done with the answer that says why. The one place where errors become JSON. */
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Answer answer;

    Refusal(Answer answer) {
        this(answer, answer.body());
    }

    private Refusal(Answer answer, String sentence) {
        super(sentence, null, false, false);
        this.answer = answer;
    }

    Answer answer() {
        return answer;
    }

    /** A request that cannot be understood. */
    static Refusal badRequest(String sentence) {
        return badRequest(sentence, List.of(ErrorEntry.of(sentence)));
    }

    /** A body that is JSON, but not of the expected kind. */
    static Refusal wrongBody(String shown, String expected) {
        return badRequest("the body is " + shown + " (expected: " + expected + ")");
    }

    /** A body with faults; nothing of it was applied. */
    static Refusal faults(List<ErrorEntry> faults) {
        String count = faults.size() == 1 ? "1 fault" : faults.size() + " faults";
        return badRequest(count + ", nothing was applied", faults);
    }

    private static Refusal badRequest(String sentence, List<ErrorEntry> errors) {
        return new Refusal(
                Answer.json(StatusCodes.BAD_REQUEST, JsonText.of(out -> {
                    out.beginObject().name("msg").value(sentence).name("errors").beginArray();
                    for (ErrorEntry error : errors) {
                        out.beginObject();
                        error.writeMembers(out);
                        out.endObject();
                    }
                    out.endArray().endObject();
                })),
                sentence);
    }
}
