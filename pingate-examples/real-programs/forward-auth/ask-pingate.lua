-- Asks the gate about a request: sets txn.verdict to yes, no or sign-in; anything else is a fault, and lets nobody in.
local function first(headers, name)
  for _, value in pairs(headers[name] or {}) do return value end
  return ""
end

core.register_action("ask_pingate", { "http-req" }, function(txn, url)
  local sent = {}
  for name, values in pairs(txn.http:req_get_headers()) do
    if name ~= "content-length" and name ~= "transfer-encoding" and name ~= "connection" and name ~= "upgrade" then
      sent[name] = {}
      for _, value in pairs(values) do table.insert(sent[name], value) end
    end
  end
  sent["x-original-uri"] = { txn.sf:pathq() }
  sent["x-original-method"] = { txn.sf:method() }
  sent["x-forwarded-for"] = { txn.sf:src() }
  sent["x-forwarded-host"] = nil

  local answer = core.httpclient():get({ url = url, headers = sent, timeout = 10000 })
  if answer.status == 204 then
    txn:set_var("txn.verdict", "yes")
    txn:set_var("txn.email", first(answer.headers, "x-trusted-user-email"))
  elseif answer.status == 401 and first(answer.headers, "location") ~= "" then
    txn:set_var("txn.verdict", "sign-in")
    txn:set_var("txn.sign_in", first(answer.headers, "location"))
  elseif answer.status == 401 then
    txn:set_var("txn.verdict", "no")
  end
end, 1)
