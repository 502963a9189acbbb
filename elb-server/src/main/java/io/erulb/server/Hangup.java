package io.erulb.server;

import java.lang.reflect.Proxy;
import java.util.logging.Logger;

/** SIGHUP, by which programs that rotate logs ask for files to be opened anew. */
final class Hangup {
    private static final Logger LOG = Logger.getLogger(Hangup.class.getName());

    private Hangup() {}

    /** From now on the signal does this, rather than end the process. */
    static void does(Runnable action) {
        try {
            // By reflection, since javac warns of each mention of these and can't be told not to.
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object handling = Proxy.newProxyInstance(
                    Hangup.class.getClassLoader(), new Class<?>[] {handler}, (self, method, args) -> {
                        action.run();
                        return null;
                    });
            Object hangup = signal.getConstructor(String.class).newInstance("HUP");
            signal.getMethod("handle", signal, handler).invoke(null, hangup, handling);
        } catch (ReflectiveOperationException without) {
            LOG.warning(() -> "SIGHUP can't be handled here, so that the access log is never opened anew: " + without);
        }
    }
}
