package io.erulb.proxy.health;

import java.io.IOException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;

/** Why a connection broke, in a few words. */
final class Reason {
    private Reason() {}

    /** What the first cause says, with {@code certificate:} or {@code TLS:} before it where it is that. */
    static String of(IOException failure) {
        if (!(failure instanceof SSLException)) {
            return String.valueOf(failure.getMessage());
        }
        boolean certificate = false;
        String message = failure.getMessage();
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            certificate |= cause instanceof CertificateException;
            message = cause.getMessage() == null ? message : cause.getMessage();
        }
        return (certificate ? "certificate: " : "TLS: ") + message;
    }
}
