package io.erulb.proxy.wire;

import java.util.ArrayList;
import java.util.List;

/** All tables together. */
final class WireCases {
    /** The listener hands their targets on as they came; what rules look at can't be made of them. */
    private static final List<String> NO_PATH = List.of("target-escapes", "target-bad-escape");

    private WireCases() {}

    static List<WireCase> all() {
        List<WireCase> all = new ArrayList<>();
        for (RequestCase request : RequestCases.all()) {
            all.add(ofTable(request));
        }
        all.addAll(HopCases.all());
        all.addAll(AnswerHeadCases.all());
        all.addAll(AnswerBodyCases.all());
        all.addAll(ConversationCases.all());
        return all;
    }

    private static WireCase ofTable(RequestCase request) {
        Expected expected;
        if (NO_PATH.contains(request.id())) {
            expected = new Expected.Exchanges(List.of("400", "200 " + Outcome.PROBE), List.of(Outcome.PROBE));
        } else if (request.status() == 200) {
            expected = new Expected.Seen(String.valueOf(request.seen()));
        } else if (request.seen() == null) {
            expected = new Expected.Refused(request.status());
        } else {
            expected = new Expected.Broken();
        }
        return new WireCase(
                request.id(), request.section(), request.fault(), request.bytes(), WireCase.Answer.PLAIN, expected);
    }
}
