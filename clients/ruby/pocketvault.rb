# A vault for Ruby's tests: one server for the process, an account for each test.

require "json"
require "net/http"

module Pocketvault
  Account = Struct.new(:endpoint, :account, :access_key_id, :secret_access_key, :region, keyword_init: true) do
    # What the SDK takes: Aws::SecretsManager::Client.new(**account.client)
    def client
      { endpoint: endpoint, region: region,
        access_key_id: access_key_id, secret_access_key: secret_access_key }
    end

    def drop
      Pocketvault.control("DELETE", "accounts/#{account}")
    end
  end

  LOCK = Mutex.new
  private_constant :LOCK

  class << self
    # The address of the server, which is started when it is first asked for and ends with the process.
    def endpoint
      # Tests that run in threads ask for it at once.
      LOCK.synchronize { @endpoint ||= start }
    end

    # An account that no other test sees, empty or a copy of another one. With a block it is dropped after
    # it; without one, by its `drop`, in `teardown` or `after`.
    def account(template: nil, region: "us-east-1")
      made = control("POST", "accounts", template ? { template: template } : {})
      account = Account.new(endpoint: endpoint, account: made["account"], access_key_id: made["accessKeyId"],
                            secret_access_key: made["secretAccessKey"], region: region)
      return account unless block_given?

      begin
        yield account
      ensure
        account.drop
      end
    end

    # Asks the surface beside AWS's, or tells it something.
    def control(method, path, body = nil)
      uri = URI("#{endpoint}/_pocketvault/#{path}")
      request = Net::HTTPGenericRequest.new(method, !body.nil?, true, uri, "Content-Type" => "application/json")
      request.body = JSON.generate(body) if body
      answer = Net::HTTP.start(uri.host, uri.port) { |http| http.request(request) }
      members = answer.body.to_s.empty? ? {} : JSON.parse(answer.body)
      raise members["message"] || "#{path} answered #{answer.code}" unless answer.code == "200"

      members
    end

    private

    def start
      binary = ENV.fetch("POCKETVAULT_BINARY", "pocketvault")
      output = IO.popen([binary, "serve", "--port", "0", "--database", ":memory:", "--log-level", "warning"])
      line = output.gets or raise "#{binary} did not start"
      owner = Process.pid
      at_exit { Process.kill("TERM", output.pid) if Process.pid == owner }
      line.split.last
    end
  end
end
