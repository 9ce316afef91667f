require "minitest/autorun"
require "securerandom"
require_relative "pocketvault"

class PocketvaultTest < Minitest::Test
  parallelize_me!

  def setup
    @account = Pocketvault.account
  end

  def teardown
    @account.drop
  end

  3.times do |index|
    define_method("test_number_#{index}_has_an_account_of_its_own") { fill(@account) }
  end

  def test_a_copy_has_what_its_template_had
    fill(@account)
    Pocketvault.account(template: @account.account) do |copy|
      assert_equal "invented", call(copy, "GetSecretValue", SecretId: "app/key")["SecretString"]
    end
  end

  private

  def fill(account)
    assert_empty call(account, "ListSecrets")["SecretList"]
    call(account, "CreateSecret", Name: "app/key", SecretString: "invented", ClientRequestToken: SecureRandom.uuid)
  end

  # What the SDK sends, where it is not installed; signatures are not looked at unless that is asked for.
  def call(account, operation, members = {})
    scope = "#{account.access_key_id}/20260101/#{account.region}/secretsmanager/aws4_request"
    answer = Net::HTTP.post(URI(account.endpoint), JSON.generate(members),
                            "Content-Type" => "application/x-amz-json-1.1",
                            "X-Amz-Target" => "secretsmanager.#{operation}",
                            "Authorization" => "AWS4-HMAC-SHA256 Credential=#{scope}, SignedHeaders=host, Signature=0")
    assert_equal "200", answer.code, answer.body
    JSON.parse(answer.body)
  end
end
