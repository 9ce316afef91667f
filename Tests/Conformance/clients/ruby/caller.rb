# What a program that uses the AWS SDK for Ruby sees of Pocketvault: Debian has its STS client only.
require "aws-sdk-core"

def caller_of(key, **options)
  Aws::STS::Client.new(
    region: "us-east-1",
    access_key_id: key,
    secret_access_key: "secret",
    endpoint: ENV.fetch("ENDPOINT"),
    retry_limit: 0,
    **options
  )
end

def expect(what, found, wanted)
  abort "#{what}: #{found.inspect} instead of #{wanted.inspect}" unless wanted === found
  puts "ok #{what}"
end

identity = caller_of("730000000001").get_caller_identity
expect "the account is the key of twelve digits", identity.account, "730000000001"
expect "the ARN is the root's", identity.arn, "arn:aws:iam::730000000001:root"
expect "the answer has the id of its request", identity.context[:request_id], /\A\h{8}-(\h{4}-){3}\h{12}\z/

identity = caller_of("test", session_token: "a session").get_caller_identity
expect "any other key is of the server's account", identity.account, "000000000000"

begin
  role = "arn:aws:iam::000000000000:role/nobody"
  provider = "arn:aws:iam::000000000000:saml-provider/nobody"
  caller_of("test").assume_role_with_saml(role_arn: role, principal_arn: provider, saml_assertion: "aW52ZW50ZWQ=")
  abort "an action that is not there was answered"
rescue Aws::STS::Errors::ServiceError => error
  expect "an action that is not there is an error of the service", error.code, "InvalidAction"
end
