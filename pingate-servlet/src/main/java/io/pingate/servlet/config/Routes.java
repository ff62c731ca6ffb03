package io.pingate.servlet.config;

import io.pingate.proxy.HeaderRules;
import io.pingate.proxy.IdentityHeaders;
import io.pingate.proxy.Route;
import io.pingate.proxy.RouteTable;
import io.pingate.proxy.Upstream;
import io.pingate.servlet.settings.Setting;
import io.pingate.servlet.settings.SettingsReader;
import io.pingate.servlet.settings.Values;
import java.util.ArrayList;
import java.util.List;

/** Reads where requests go to, and with which headers. */
public final class Routes {
    private Routes() {}

