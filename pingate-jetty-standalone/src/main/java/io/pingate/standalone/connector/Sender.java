package io.pingate.standalone.connector;

import io.pingate.http.HeaderFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.server.Request;

/** Who sends a request, also one whose head can't be read: Jetty makes one without any fields of it. */
public final class Sender {
    private Sender() {}

    /** {@return the request's fields, or those few that were read by which a browser is known and its language} */
    public static HeaderFields fields(Request request) {
        if (request.getHeaders().size() == 0
                && request.getConnectionMetaData().getConnection() instanceof GateConnection connection) {
            return connection.sender();
        }
        List<Map.Entry<String, String>> fields = new ArrayList<>();
        for (HttpField field : request.getHeaders()) {
            if (field.getValue() != null) {
                fields.add(Map.entry(field.getName(), field.getValue()));
            }
        }
        return HeaderFields.of(fields);
    }
}
