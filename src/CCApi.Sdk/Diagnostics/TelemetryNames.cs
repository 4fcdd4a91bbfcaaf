namespace CCApi.Sdk;

/// <summary>
/// Every name in spans, events and metrics, and the environment variables that change them. docs/telemetry.md describes each.
/// </summary>
internal static class TelemetryNames
{
    /// <summary>The value of <c>gen_ai.provider.name</c>.</summary>
    public const string Provider = "ccapi";

    public const string CaptureContentVariable = "OTEL_INSTRUMENTATION_GENAI_CAPTURE_MESSAGE_CONTENT";

    public const string ConventionsVariable = "OTEL_SEMCONV_STABILITY_OPT_IN";

    public const string LatestConventions = "gen_ai_latest_experimental";

    public static class Operations
    {
        public const string Chat = "chat";
        public const string GenerateContent = "generate_content";
        public const string ExecuteTool = "execute_tool";
        public const string OrchestrateTools = "orchestrate_tools";
        public const string ListModels = "list_models";
        public const string GetModel = "get_model";
        public const string ListProviders = "list_providers";
        public const string GetProvider = "get_provider";
        public const string PollImageJob = "poll_image_job";
        public const string Send = "send";
    }

    public static class Common
    {
        public const string ErrorType = "error.type";
        public const string ServerAddress = "server.address";
        public const string ServerPort = "server.port";
        public const string HttpMethod = "http.request.method";
        public const string ResendCount = "http.request.resend_count";
        public const string StatusCode = "http.response.status_code";
    }

    public static class GenAI
    {
        public const string OperationName = "gen_ai.operation.name";
        public const string ProviderName = "gen_ai.provider.name";
        public const string OutputType = "gen_ai.output.type";

        public const string RequestModel = "gen_ai.request.model";
        public const string RequestStream = "gen_ai.request.stream";
        public const string RequestTemperature = "gen_ai.request.temperature";
        public const string RequestTopP = "gen_ai.request.top_p";
        public const string RequestTopK = "gen_ai.request.top_k";
        public const string RequestMaxTokens = "gen_ai.request.max_tokens";
        public const string RequestChoiceCount = "gen_ai.request.choice.count";
        public const string RequestStopSequences = "gen_ai.request.stop_sequences";
        public const string RequestSeed = "gen_ai.request.seed";
        public const string RequestPresencePenalty = "gen_ai.request.presence_penalty";
        public const string RequestFrequencyPenalty = "gen_ai.request.frequency_penalty";
        public const string RequestReasoningLevel = "gen_ai.request.reasoning.level";

        public const string ResponseId = "gen_ai.response.id";
        public const string ResponseModel = "gen_ai.response.model";
        public const string ResponseFinishReasons = "gen_ai.response.finish_reasons";
        public const string ResponseTimeToFirstChunk = "gen_ai.response.time_to_first_chunk";

        public const string InputTokens = "gen_ai.usage.input_tokens";
        public const string OutputTokens = "gen_ai.usage.output_tokens";
        public const string CachedInputTokens = "gen_ai.usage.cache_read.input_tokens";
        public const string ReasoningOutputTokens = "gen_ai.usage.reasoning.output_tokens";
        public const string TextInputTokens = "gen_ai.usage.text.input_tokens";
        public const string AudioInputTokens = "gen_ai.usage.audio.input_tokens";
        public const string ImageInputTokens = "gen_ai.usage.image.input_tokens";
        public const string TextOutputTokens = "gen_ai.usage.text.output_tokens";
        public const string AudioOutputTokens = "gen_ai.usage.audio.output_tokens";
        public const string ImageOutputTokens = "gen_ai.usage.image.output_tokens";

        public const string InputMessages = "gen_ai.input.messages";
        public const string OutputMessages = "gen_ai.output.messages";
        public const string ToolDefinitions = "gen_ai.tool.definitions";

        public const string ToolName = "gen_ai.tool.name";
        public const string ToolType = "gen_ai.tool.type";
        public const string ToolDescription = "gen_ai.tool.description";
        public const string ToolCallId = "gen_ai.tool.call.id";
        public const string ToolCallArguments = "gen_ai.tool.call.arguments";
        public const string ToolCallResult = "gen_ai.tool.call.result";

        public const string TokenType = "gen_ai.token.type";
        public const string TokenModality = "gen_ai.token.modality";
    }

    public static class CCApi
    {
        public const string Operation = "ccapi.operation";
        public const string RequestId = "ccapi.request.id";
        public const string Provider = "ccapi.response.provider";
        public const string IsTruncated = "ccapi.response.truncated";
        public const string JobId = "ccapi.job.id";
        public const string JobStatus = "ccapi.job.status";
        public const string CostAmount = "ccapi.cost.amount";
        public const string CostCurrency = "ccapi.cost.currency";
        public const string CostSource = "ccapi.cost.source";
        public const string BudgetOwner = "ccapi.budget.owner";
        public const string EnrichmentError = "ccapi.enrichment.error";

        public const string RetryEvent = "ccapi.retry";
        public const string FailoverEvent = "ccapi.failover";
        public const string Attempt = "ccapi.attempt";
        public const string Delay = "ccapi.retry.delay";
        public const string Reason = "ccapi.retry.reason";
        public const string FailoverModel = "ccapi.failover.model";
    }

    /// <summary>The metrics of version 1.41.</summary>
    public static class Metrics
    {
        public const string Duration = "gen_ai.client.operation.duration";
        public const string TokenUsage = "gen_ai.client.token.usage";
        public const string TimeToFirstChunk = "gen_ai.client.operation.time_to_first_chunk";
        public const string TimePerOutputChunk = "gen_ai.client.operation.time_per_output_chunk";
    }

    /// <summary>The metrics of the newest conventions.</summary>
    public static class LatestMetrics
    {
        public const string Duration = "gen_ai.client.inference.duration";
        public const string InputTokens = "gen_ai.client.inference.usage.input_tokens";
        public const string OutputTokens = "gen_ai.client.inference.usage.output_tokens";
        public const string CachedInputTokens = "gen_ai.client.inference.usage.cache_read.input_tokens";
        public const string ReasoningOutputTokens = "gen_ai.client.inference.usage.reasoning.output_tokens";
        public const string InputTokensOfOperation = "gen_ai.client.inference.operation.input_tokens";
        public const string OutputTokensOfOperation = "gen_ai.client.inference.operation.output_tokens";
        public const string TimeToFirstChunk = "gen_ai.client.inference.time_to_first_chunk";
        public const string TimePerOutputChunk = "gen_ai.client.inference.time_per_output_chunk";
    }

    /// <summary>The metrics of this client, which are recorded in both conventions.</summary>
    public static class CCApiMetrics
    {
        public const string Retries = "ccapi.client.retries";
        public const string Failovers = "ccapi.client.failovers";
        public const string Cost = "ccapi.client.cost";
        public const string Refunded = "ccapi.client.cost.refunded";
        public const string LimiterWait = "ccapi.client.limiter.wait";
        public const string BudgetReserved = "ccapi.client.budget.reserved";
        public const string BudgetRejections = "ccapi.client.budget.rejections";
    }
}
