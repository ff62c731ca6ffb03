package io.pingate.blackbox;

/**
 * What containers do in place of the contract about early answers: Tomcat reads two megabytes on (its maxSwallowSize), Jetty
 * nothing; then they close, and the reset takes the answer with it unless the client has read it by then. The server's
 * sockets are out of a webapp's reach. A test that is overridden without an annotation is not run.
 */
abstract class LostEarlyAnswers extends EarlyAnswerContract {
    LostEarlyAnswers(Stage stage) {
        super(stage);
    }

    @Override
    void answer_is_whole_when_an_upload_has_no_cookie() {}

    @Override
    void answer_is_whole_when_a_navigation_with_a_body_has_no_cookie() {}

    @Override
    void answer_is_whole_when_a_sign_in_is_too_large() {}

    @Override
    void answer_is_whole_when_upstream_wants_no_more() {}

    @Override
    void answer_is_whole_when_upstream_breaks_off() {}

    @Override
    void answer_is_whole_when_an_upload_is_chunked() {}
}
