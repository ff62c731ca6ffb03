package io.pingate.spring;

import io.pingate.servlet.PinGateFilter;
import io.pingate.servlet.PinGateSettings;
import jakarta.servlet.DispatcherType;
import java.util.EnumSet;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;

/**
 * The gate as the first of all filters, for whatever comes. Others claim the highest precedence, too, and one of them
 * (Spring's ForwardedHeaderFilter) takes away what the gate has to see; a priority comes before them.
 */
final class GateRegistration extends FilterRegistrationBean<PinGateFilter> implements PriorityOrdered {
    GateRegistration(PinGateSettings settings) {
        super(new PinGateFilter(settings));
        setName("pingate");
        setOrder(Ordered.HIGHEST_PRECEDENCE);
        setDispatcherTypes(EnumSet.allOf(DispatcherType.class));
        setAsyncSupported(true);
        addUrlPatterns("/*");
    }
}
