package io.erulb.server;

/** Rule documents. */
final class Documents {
    private Documents() {}

    /** Sends everything to an upstream, and tells it the version. */
    static String toBackend(String upstream, int version) {
        return "{\"init\": \"r\", \"rules\": {\"r\": {\"type\": \"backend\", \"args\": {\"servername\": \"" + upstream
                + "\", \"X-Version\": \"" + version + "\"}}}}";
    }
}
