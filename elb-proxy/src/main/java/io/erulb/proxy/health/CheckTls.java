package io.erulb.proxy.health;

import io.erulb.proxy.http1.client.IoLocal;
import io.erulb.proxy.io.TlsConnection;
import io.erulb.routing.policy.CheckPolicy;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** What checks by HTTPS lay over their connections, and whom they trust. Safe for use by many threads. */
final class CheckTls {
    private static final TrustManager[] ANYONE = {new TrustAnyone()};

    /** Guarded by this. */
    private TrustManager @Nullable [] trusted;

    /** Goes by the trust store of the JVM. */
    CheckTls() {}

    /** Trusts whom these do. */
    CheckTls(TrustManager... trusted) {
        this.trusted = trusted;
    }

    /** Reads the trust store now, so that the thread of the checks need not wait for it. */
    void prepare() {
        try {
            trusted();
        } catch (GeneralSecurityException e) {
            // Each check will say so.
        }
    }

    private synchronized TrustManager[] trusted() throws GeneralSecurityException {
        TrustManager[] known = trusted;
        if (known == null) {
            TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            factory.init((KeyStore) null);
            known = factory.getTrustManagers();
            trusted = known;
        }
        return known;
    }

    /** TLS with the server at an address, as a policy wants it. */
    IoLocal.Layer layer(CheckPolicy policy, InetSocketAddress address) {
        return raw -> new TlsConnection(raw, engine(policy, address));
    }

    private SSLEngine engine(CheckPolicy policy, InetSocketAddress address) throws IOException {
        String name = policy.request().hostName();
        SSLEngine engine = context(policy.verify())
                .createSSLEngine(name == null ? address.getAddress().getHostAddress() : name, address.getPort());
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        SNIHostName serverName = policy.request().serverName();
        if (serverName != null) {
            parameters.setServerNames(List.of(serverName));
        }
        if (policy.verify()) {
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
        }
        engine.setSSLParameters(parameters);
        return engine;
    }

    /** One for each check: no session is taken up again, so that every check looks at the certificate of its server. */
    private SSLContext context(boolean verify) throws IOException {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, verify ? trusted() : ANYONE, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new SSLException("whom to trust is not known: " + e.getMessage(), e);
        }
    }
}
