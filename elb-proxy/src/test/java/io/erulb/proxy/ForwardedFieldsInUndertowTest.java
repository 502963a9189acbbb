package io.erulb.proxy;

/** The same behind Undertow's own listener. */
class ForwardedFieldsInUndertowTest extends ForwardedFieldsTest {
    @Override
    Front.Kind front() {
        return Front.Kind.UNDERTOW;
    }
}
