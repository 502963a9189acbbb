package io.erulb.proxy.wire;

import io.erulb.proxy.http1.PlantedInChunks;
import io.erulb.proxy.http1.client.PlantedInAnswers;
import io.erulb.proxy.http1.server.PlantedInHeads;
import java.util.List;

/**
 * A fault in one method of the proxy.
 *
 * @param type the class, below {@code io.erulb.proxy}
 * @param method its method
 * @param advice what is written into it
 */
record PlantedFault(String type, String method, Class<?> advice) {
    private static final PlantedFault REFUSE_ALL =
            new PlantedFault("http1.server.HeadParser", "parse", PlantedInHeads.RefuseAll.class);
    private static final PlantedFault PARDON =
            new PlantedFault("http1.server.HeadParser", "parse", PlantedInHeads.Pardon.class);
    private static final PlantedFault CHUNKS_END =
            new PlantedFault("http1.ChunkDecoder", "decode", PlantedInChunks.EndWhereItBreaks.class);

    /** The faults of a class: together they make each of its cases fail. */
    static List<PlantedFault> of(FaultClass fault) {
        return switch (fault) {
            case REQUEST_LINE, TARGET, FIELD -> List.of(PARDON, REFUSE_ALL);
            case HOST -> List.of(nothing("http1.server.RequestHead", "judgeHost"), REFUSE_ALL);
            case FRAMING -> List.of(nothing("http1.server.Framing", "judge"), PARDON, REFUSE_ALL);
            case CHUNK ->
                List.of(CHUNKS_END, new PlantedFault("http1.ChunkDecoder", "decode", PlantedInChunks.BreakAll.class));
            case CUT_UPLOAD ->
                List.of(
                        new PlantedFault(
                                "http1.server.BodySource", "takeOrBreak", PlantedInHeads.EndWhereItBreaks.class),
                        nothing("http1.server.RequestLoop", "endedBeforeHead"));
            case HOP ->
                List.of(
                        nothing("http1.HopByHop", "isHopByHop"),
                        new PlantedFault("http1.HopByHop", "connectionOptions", Planting.Empty.class),
                        nothing("http1.client.ResponseHead", "drop"));
            case ORIGIN ->
                List.of(
                        nothing("ForwardedFields", "write"),
                        nothing("ForwardedFields", "addVia"),
                        new PlantedFault("ForwardedFields", "passes", Planting.Yes.class),
                        nothing("MaxForwards", "of"));
            case ANSWER_HEAD ->
                List.of(
                        new PlantedFault("http1.client.ResponseHeadParser", "parse", PlantedInAnswers.Pardon.class),
                        new PlantedFault("http1.client.ResponseHeadParser", "parse", PlantedInAnswers.BreakAll.class));
            case ANSWER_BODY ->
                List.of(
                        CHUNKS_END,
                        new PlantedFault(
                                "http1.client.UpstreamConnection", "fail", PlantedInAnswers.EndWhereItBreaks.class),
                        new PlantedFault("http1.client.AnswerBody", "take", PlantedInAnswers.BreakAll.class),
                        new PlantedFault("http1.client.ResponseHeadParser", "parse", PlantedInAnswers.BreakAll.class));
            case BODILESS ->
                List.of(new PlantedFault("http1.client.ResponseHead", "framing", PlantedInAnswers.AlwaysABody.class));
            case REUSE ->
                List.of(
                        nothing("http1.client.AnswerBody", "hasSurplus"),
                        new PlantedFault("http1.client.ResponseHead", "persistent", Planting.Yes.class),
                        nothing("http1.client.ResponseHead", "persistent"));
            case INTERIM ->
                List.of(
                        nothing("http1.server.Http1Connection", "sendInterim"),
                        new PlantedFault(
                                "http1.server.Http1Connection", "sendInterim", PlantedInHeads.SendAnyInterim.class),
                        new PlantedFault(
                                "http1.client.UpstreamConnection", "head", PlantedInAnswers.ForgetInterims.class));
            case UPGRADE ->
                List.of(
                        new PlantedFault("Upgrades", "allow", Planting.Yes.class),
                        nothing("OutgoingRequest", "upgrade"),
                        new PlantedFault("OutgoingRequest", "upgrade", Planting.Websocket.class),
                        new PlantedFault("http1.client.ResponseHead", "upgrade", Planting.Websocket.class));
            case CONVERSATION ->
                List.of(
                        new PlantedFault("http1.server.Persistence", "isPersistent", Planting.Yes.class),
                        nothing("http1.server.Framing", "length"),
                        nothing("http1.server.Framing", "isChunked"),
                        nothing("http1.server.ReadBuffer", "keep"),
                        PARDON,
                        nothing("MaxForwards", "status"),
                        nothing("Answers", "methodNotAllowed"));
        };
    }

    private static PlantedFault nothing(String type, String method) {
        return new PlantedFault(type, method, Planting.Nothing.class);
    }

    @Override
    public String toString() {
        return type + "." + method + ": " + advice.getSimpleName();
    }
}
