package io.erulb.admin;

import static org.assertj.core.api.Assertions.assertThat;

import io.erulb.admin.testing.AdminFixture;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What there is to say of rules in force and of those that are tried. */
final class LintTest {
    private static final String SHADOWED = """
            {'t.local': {'init': 'r1', 'rules': {
              'r1': {'type': 'path', 'args': {'pattern': '/blog', 'succ': 'up', 'fail': 'r2'}},
              'r2': {'type': 'path', 'args': {'pattern': '/blog/old', 'succ': 'up', 'fail': 'r3'}},
              'r3': {'type': 'header', 'args': {'name': 'X-Id', 'pattern': '^[0-9]$', 'succ': 'up'}},
              'up': {'type': 'backend', 'args': {'servername': 'up1'}}}},
             'b.local': {'init': 'r', 'rules': {'r': {'type': 'respond', 'args': {'status': 200}}}}}""".replace('\'', '"');

    private final AdminFixture elb = AdminFixture.start();

    @AfterEach
    void stop() {
        elb.close();
    }

    private String lint(String query) {
        return elb.call("GET", "/__erulb__/lint" + query).body().replace('"', '\'');
    }

    @Test
    void tellsOfEachDomainWhatItsRulesDo() {
        elb.callWith(SHADOWED, "PUT", "/__erulb__/domain");

        assertThat(lint(""))
                .startsWith("{'b.local':{'errors':[],'findings':[]},'t.local':{'errors':[],'findings':[")
                .contains(
                        "{'kind':'shadowed','rule':'r2','edge':'succ','message':'no request takes this edge: each path that"
                                + " matches it matches rule r1 as well, which comes first','witness':{'request':"
                                + "{'method':'GET','url':'http://t.local/blog/old','client':'192.0.2.1'},'path':'r1+ up'}}",
                        "{'kind':'ends_in_403','rule':'r3','edge':'fail',",
                        "{'kind':'missing_upstream','rule':'up','message':'no upstream is named up1 and no host is either;");
        assertThat(lint("?domain=b.local")).isEqualTo("{'b.local':{'errors':[],'findings':[]}}");
        assertThat(elb.call("GET", "/__erulb__/lint?domain=c.local").statusCode())
                .isEqualTo(404);
    }

    @Test
    void aWitnessIsARequestThatExplainTakes() {
        elb.callWith(SHADOWED, "PUT", "/__erulb__/domain");
        String body = lint("?domain=t.local");
        String request = body.substring(body.indexOf("'request':") + 10, body.indexOf("},'path':'r1+ up'") + 1);

        assertThat(elb.callWith(request.replace('\'', '"'), "POST", "/__erulb__/explain")
                        .body())
                .contains("\"path\":\"r1+ up\"");
    }

    @Test
    void aDryRunTellsOfTheDocumentsItWouldPut() {
        HttpResponse<String> tried = elb.callWith(SHADOWED, "PUT", "/__erulb__/domain?dry-run=true");

        assertThat(tried.body().replace('"', '\''))
                .contains("'findings':{'b.local':{'errors':[],'findings':[]},'t.local':{'errors':[],'findings':["
                        + "{'kind':'shadowed','rule':'r2',");
        assertThat(lint("")).isEqualTo("{}");
    }

    @Test
    void aWriteTellsHowMuchThereIsToSay() {
        HttpResponse<String> written = elb.callWith(SHADOWED, "PUT", "/__erulb__/domain");

        assertThat(written.body()).isEqualTo("{\"msg\":\"OK\"}");
        assertThat(written.headers().firstValue("ELB-Findings")).contains("3");
    }
}
