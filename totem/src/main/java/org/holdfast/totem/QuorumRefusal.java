package org.holdfast.totem;

/** Why votequorum does not do what it was asked. The texts are those of libcorosync_common. */
public enum QuorumRefusal {
    /** The values make no sense now. */
    INVALID_PARAMETER("CS_ERR_INVALID_PARAM"),
    /** No such node. */
    NO_SUCH_NODE("CS_ERR_NAME_NOT_FOUND"),
    /** The configuration does not let a device work. */
    ACCESS("CS_ERR_ACCESS"),
    /** Another device is registered. */
    EXISTS("CS_ERR_EXIST"),
    /** No device is registered. */
    NOT_THERE("CS_ERR_NOT_EXIST"),
    /** The answer is about a ring that is no more. */
    WRONG_RING("CS_ERR_MESSAGE_ERROR"),
    /** Something of the kind is under way. */
    TRY_AGAIN("CS_ERR_TRY_AGAIN");

    private final String text;

    QuorumRefusal(String text) {
        this.text = text;
    }

    /** Its name in Corosync's interface. */
    public String text() {
        return text;
    }
}
