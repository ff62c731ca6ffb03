package io.pingate.servlet.page;

/** Why a sign-in form could not be read. */
public enum FormFault {
    /** The client broke its body off, or framed it wrongly. */
    UNREADABLE(400, "The form can't be read. Try again."),
    /** It had not come within its time. */
    LATE(408, "The form took too long to arrive. Try again.");

    private final int status;
    private final String reason;

    FormFault(int status, String reason) {
        this.status = status;
        this.reason = reason;
    }

    /** {@return the answer to it, and the last of its connection: what would follow can't be told from the rest of the form} */
    public Answer answer(ErrorPages errors, Audience audience) {
        return errors.answer(audience, status, reason).with("Connection", "close");
    }
}
