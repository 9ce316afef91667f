-- One kind of call in the shape that boto3 sends it, for wrk. The environment says which:
-- CALL get, put, create, page, batch (of 20) or mix (95 get to 5 put); SECRETS how many are called, every STRIDE-th of those that are there;
-- RUN what makes tokens and names its own; TOKEN the NextToken of a page; SIGNED a file of signed calls,
-- which are made instead.

local headers = {
  ["Content-Type"] = "application/x-amz-json-1.1",
  ["X-Amz-Date"] = "20261123T000000Z",
  ["User-Agent"] = "Boto3/1.44.5 md/Botocore#1.44.5 ua/2.1 os/linux",
  ["Authorization"] = "AWS4-HMAC-SHA256 "
    .. "Credential=AKIAIOSFODNN7EXAMPLE/20261123/us-east-1/secretsmanager/aws4_request, "
    .. "SignedHeaders=content-type;host;x-amz-date;x-amz-target, "
    .. "Signature=fe5f80f77d5fa3beca038a248ff027d0445342fe2855ddc963176630326f1024",
}
local call = os.getenv("CALL")
local secrets = tonumber(os.getenv("SECRETS"))
local stride = tonumber(os.getenv("STRIDE"))
local run = os.getenv("RUN")
local value = string.rep("x", 200)
local count = 0

local targets = {
  get = "GetSecretValue", put = "PutSecretValue", create = "CreateSecret", page = "ListSecrets",
  batch = "BatchGetSecretValue",
}

local signed = {}

-- A line each: date, Authorization, session token or -, body, with tabs between them.
local function read(path)
  for line in io.lines(path) do
    local date, authorization, token, body = line:match("^(.-)\t(.-)\t(.-)\t(.*)$")
    local own = {}
    for name, value in pairs(headers) do own[name] = value end
    own["X-Amz-Date"], own["Authorization"] = date, authorization
    if token ~= "-" then own["X-Amz-Security-Token"] = token end
    table.insert(signed, wrk.format("POST", "/", own, body))
  end
end

local threads = 0

function setup(thread)
  thread:set("number", threads)
  threads = threads + 1
end

function init()
  headers["X-Amz-Target"] = "secretsmanager." .. (targets[call] or targets.get)
  math.randomseed(number * 77 + 5)
  if os.getenv("SIGNED") then read(os.getenv("SIGNED")) end
end

local function token()
  return string.format("%s-0000-4000-8000-%04d%08d", run, number, count)
end

local function any() return "bench/secret-" .. math.random(0, secrets - 1) * stride end

local bodies = {
  get = function() return string.format('{"SecretId":"%s"}', any()) end,
  put = function()
    return string.format('{"SecretId":"%s","ClientRequestToken":"%s","SecretString":"%s"}',
      any(), token(), value)
  end,
  create = function()
    return string.format('{"Name":"made/%s-%d-%d","ClientRequestToken":"%s","SecretString":"%s",'
      .. '"Tags":[{"Key":"env","Value":"test"},{"Key":"team","Value":"core"}]}',
      run, number, count, token(), value)
  end,
  batch = function()
    local names = {}
    for place = 1, 20 do names[place] = '"' .. any() .. '"' end
    return '{"SecretIdList":[' .. table.concat(names, ",") .. "]}"
  end,
  page = function()
    local after = os.getenv("TOKEN")
    return after and string.format('{"MaxResults":100,"NextToken":"%s"}', after) or '{"MaxResults":100}'
  end,
}

function request()
  count = count + 1
  if #signed > 0 then return signed[math.random(#signed)] end
  local made = call
  if call == "mix" then made = math.random(100) <= 5 and "put" or "get" end
  headers["X-Amz-Target"] = "secretsmanager." .. targets[made]
  return wrk.format("POST", "/", headers, bodies[made]())
end

function done(summary, latency)
  local errors = summary.errors
  io.write(string.format("RESULT %f %f %f %d %d %d\n", summary.requests / (summary.duration / 1e6),
    latency:percentile(50) / 1000, latency:percentile(99) / 1000, summary.requests,
    errors.status + errors.connect + errors.read + errors.write, errors.timeout))
end
