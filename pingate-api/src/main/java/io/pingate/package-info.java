/**
 * The gate's policy: who may pass, and with which cookie. Pure functions and values: no I/O, no threads, no clock. The time is
 * always a parameter.
 *
 * <p>Whoever embeds it builds a {@link io.pingate.PinGate} once, makes a {@link io.pingate.GateRequest} of each request, and
 * answers as the {@link io.pingate.Decision} says. Here the answers are lines of text; a server writes them as HTTP. What is
 * admitted goes on without the gate's cookie ({@link io.pingate.GateCookie#cutFrom}), and carries an added Set-Cookie back
 * when {@code Admit} has one.
 *
 * <pre>{@code
 * final class Gatekeeper implements Decision.Cases<String> {
 *     private final PinGate gate = PinGate.builder()
 *             .pin(Pin.of("73914625"))
 *             .keys(KeyRing.of(SigningKey.of("at least 32 random characters")))
 *             .limiter(new InMemoryAttemptLimiter(System::nanoTime))
 *             .build();
 *
 *     // form: the body of a POST to the gate's own pages, at most PinGate.MAX_FORM_BYTES and one, as ISO 8859-1
 *     String answer(GateRequest request, String form) {
 *         Decision decision = gate.decide(request, Instant.now());
 *         if (decision instanceof Decision.TryPin) {
 *             decision = gate.tryPin(request, form, Instant.now());
 *         }
 *         return decision.match(this);
 *     }
 *
 *     public String admit(Decision.Admit admit) {
 *         return "200, and the program's own answer";
 *     }
 *
 *     public String signIn(Decision.SignIn signIn) {
 *         return "303 Location: " + signIn.location();
 *     }
 *
 *     public String unauthorized(Decision.Unauthorized unauthorized) {
 *         return "401 X-Pingate: sign-in";
 *     }
 *
 *     public String showForm(Decision.ShowForm form) {
 *         return "200 a form that posts pin and next=" + form.next();
 *     }
 *
 *     public String signedIn(Decision.SignedIn signedIn) {
 *         return "200 a link to " + signedIn.next();
 *     }
 *
 *     public String tryPin(Decision.TryPin tryPin) {
 *         return "500 the form was not passed on to tryPin";
 *     }
 *
 *     public String showLink(Decision.ShowLink link) {
 *         return "200 a button that posts to where it is Referrer-Policy: strict-origin";
 *     }
 *
 *     public String linkRefused(Decision.LinkRefused refused) {
 *         return refused.status() + " " + refused.reason();
 *     }
 *
 *     public String unlock(Decision.Unlock unlock) {
 *         return "303 Location: " + unlock.location() + " Set-Cookie: " + unlock.setCookie();
 *     }
 *
 *     public String wrongPin(Decision.WrongPin wrong) {
 *         return "401 the form again";
 *     }
 *
 *     public String throttled(Decision.Throttled throttled) {
 *         return "429 Retry-After: " + (throttled.retryAfter().toSeconds() + 1);
 *     }
 *
 *     public String signOut(Decision.SignOut signOut) {
 *         return "303 Location: " + signOut.location() + " Set-Cookie: " + signOut.setCookies();
 *     }
 *
 *     public String healthy(Decision.Healthy healthy) {
 *         return "200 ok";
 *     }
 *
 *     public String refuse(Decision.Refuse refuse) {
 *         return refuse.status() + " " + refuse.reason();
 *     }
 *
 *     public String foreignForm(Decision.ForeignForm foreign) {
 *         return "403 " + foreign.reason();
 *     }
 * }
 * }</pre>
 *
 * <p>Faults of configuration are {@link java.lang.IllegalArgumentException}s that name the parameter and its rule, thrown by
 * {@code of} and {@code build}. What comes off the wire is judged by values: {@code parse} returns an
 * {@link java.util.Optional}, and no decision is ever an exception. Nothing here shows a PIN, a key or a cookie in its
 * {@code toString}.
 */
@NullMarked
package io.pingate;

import org.jspecify.annotations.NullMarked;
