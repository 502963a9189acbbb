package io.erulb.proxy;

/** The same behind Undertow's own listener: the handler is at home in any Undertow. */
class ForwardingInUndertowTest extends ForwardingTest {
    @Override
    Front.Kind front() {
        return Front.Kind.UNDERTOW;
    }
}
