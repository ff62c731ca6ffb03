package io.pingate.spring;

import io.pingate.servlet.PinGateFilter;
import io.pingate.servlet.PinGateSettings;
import io.pingate.servlet.event.GateListener;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Puts the gate before a servlet application, set by the properties that {@link SpringSettings} finds. With
 * {@code pingate.enabled=false}, nothing is there.
 */
@AutoConfiguration(
        afterName = {
            // Of Boot 3 and of Boot 4: the registries are there when it is asked whether there is one.
            "org.springframework.boot.actuate.autoconfigure.metrics.CompositeMeterRegistryAutoConfiguration",
            "org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration"
        })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnBooleanProperty(name = "pingate.enabled", matchIfMissing = true)
@Import({MetricsConfiguration.class, ProxyConfiguration.class, HealthOnBoot3.class, HealthOnBoot4.class})
public final class PinGateAutoConfiguration {
    /** Called by Spring. */
    public PinGateAutoConfiguration() {}

    /**
     * The gate's settings.
     *
     * @param environment where they are written
     * @param listeners beans that hear what happens at the gate
     * @return the settings
     */
    @Bean
    @ConditionalOnMissingBean
    PinGateSettings pinGateSettings(ConfigurableEnvironment environment, ObjectProvider<GateListener> listeners) {
        PinGateSettings settings = PinGateSettings.loadInContainer(SpringSettings.of(environment));
        listeners.orderedStream().forEach(settings.listeners()::add);
        return settings;
    }

    /** {@return the gate} */
    @Bean
    FilterRegistrationBean<PinGateFilter> pinGateFilter(PinGateSettings settings) {
        return new GateRegistration(settings);
    }
}
