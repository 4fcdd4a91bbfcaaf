using System.Text;
using Xunit;

namespace CCApi.Sdk.Tests.Transport.Failures;

public class ChargeReportTests
{
    [Theory]
    [InlineData("""{"usage":{"prompt_tokens":0,"total_tokens":7},"error":{}}""")]
    [InlineData("""{"usage":{"prompt_tokens":"5"}}""")]
    [InlineData("""{"usage":{"cost":"0.02"}}""")]
    [InlineData("""{"usage":{"cost":{"total":0.02}}}""")]
    [InlineData("""{"usage":{"prompt_tokens":0,"prompt_tokens_details":{"cached_tokens":3}}}""")]
    [InlineData("""{"credits_charged":0.5}""")]
    [InlineData("""{"credits_charged":"1.5"}""")]
    [InlineData("""{"credits_used":1}""")]
    [InlineData("""{"cost":1e-9}""")]
    [InlineData("""{"cost":{"amount":1.5}}""")]
    [InlineData("""{"cost_details":{"upstream":[0,"0.5"]}}""")]
    [InlineData("""{"charged":true}""")]
    [InlineData("""{"characters":12}""")]
    [InlineData("""{"prompt_tokens":5}""")]
    [InlineData("""{"usageMetadata":{"promptTokenCount":5}}""")]
    [InlineData("""{"error":{"usage":{"prompt_tokens":5}}}""")]
    [InlineData("""{"error":{"metadata":{"cost":5}}}""")]
    [InlineData("""{"choices":[{"usage":{"prompt_tokens":5}}]}""")]
    [InlineData("""{"x_groq":{"usage":{"prompt_tokens":5}}}""")]
    [InlineData("""{"data":{"usage":{"total_tokens":7}}}""")]
    [InlineData("""[{"usage":{"total_tokens":7}}]""")]
    [InlineData("""{"Usage":{"TotalTokens":5}}""")]
    [InlineData("""{"tokenUsage":{"total":5}}""")]
    [InlineData("""{"totalTokens":5}""")]
    [InlineData("""{"tokens":5}""")]
    [InlineData("""{"totalCost":"0.02"}""")]
    [InlineData("""{"estimated_cost_usd":0.02}""")]
    [InlineData("""{"charge":0.02}""")]
    [InlineData("""{"creditsUsed":1}""")]
    [InlineData("""{"credits_consumed":1}""")]
    [InlineData("""{"used_quota":30000}""")]
    [InlineData("""{"meta":{"billed_units":{"output":5}}}""")]
    [InlineData("""{"prompt_eval_count":12}""")]
    [InlineData("""[{"a":[{}]},{"\u0063ost":1}]""")]
    [InlineData("""{"credit_spent":1}""")]
    [InlineData("""{"quotaConsumed":1}""")]
    [InlineData("""{"quota_spent":1}""")]
    [InlineData("""{"a_name_of_sixty_four_characters_which_is_the_longest_read_tokens":1}""")]
    public void IsIn_OfABodyWithUsageOrACost_IsTrue(string json)
    {
        Assert.True(ChargeReport.IsIn(Encoding.UTF8.GetBytes(json)));
        Assert.True(ChargeReport.IsIn(Encoding.UTF8.GetBytes("\uFEFF  " + json)));
    }

    [Theory]
    [InlineData("""{"choices":[{"message":{"content":"a"}}]}""")]
    [InlineData("""{"choices":[{"message":{"content":[{"type":"text","text":"a"}]}}]}""")]
    [InlineData("""{"choices":[{"message":{"content":null,"reasoning_content":"hmm"}}]}""")]
    [InlineData("""{"choices":[{"delta":{"reasoning":"hmm"}}]}""")]
    [InlineData("""{"choices":[{"message":{"reasoning_details":[{"type":"reasoning.text","text":"hmm"}]}}]}""")]
    [InlineData("""{"choices":[{"message":{"refusal":"no"}}]}""")]
    [InlineData("""{"choices":[{"message":{"tool_calls":[{"function":{"name":"f","arguments":""}}]}}]}""")]
    [InlineData("""{"choices":[{"message":{"function_call":{"arguments":"{}"}}}]}""")]
    [InlineData("""{"choices":[{"message":{"images":[{"image_url":{"url":"data:"}}]}}]}""")]
    [InlineData("""{"choices":[{"message":{"audio":{"data":"AAAA"}}}]}""")]
    [InlineData("""{"data":[{"url":"http://media.test/paid.png"}]}""")]
    [InlineData("""{"data":[{"b64_json":"AAAA"}]}""")]
    [InlineData("""{"data":["http://media.test/paid.png"]}""")]
    [InlineData("""{"audio_url":"http://media.test/paid.mp3"}""")]
    [InlineData("""{"b64_audio":"AAAA"}""")]
    [InlineData("""{"output":"a"}""")]
    [InlineData("""{"output_text":"a"}""")]
    [InlineData("""{"thinking":"a"}""")]
    [InlineData("""{"content":"a"}""")]
    [InlineData("""{"text":"a"}""")]
    [InlineData("""{"image_url":"http://media.test/paid.png"}""")]
    [InlineData("""{"video_url":"http://media.test/paid.mp4"}""")]
    [InlineData("""{"result_url":"http://media.test/paid.mp4"}""")]
    [InlineData("""{"images":["AAAA"]}""")]
    [InlineData("""{"images":[{"any":"AAAA"}]}""")]
    public void IsIn_OfABodyWithContent_IsTrue(string json)
    {
        Assert.True(ChargeReport.IsIn(Encoding.UTF8.GetBytes(json)));
    }

    [Theory]
    [InlineData("""{"usage":{"total_tokens":0}}""")]
    [InlineData("""{"usage":{"total_tokens":"0","cost":"free"}}""")]
    [InlineData("""{"usage":null,"credits_charged":0}""")]
    [InlineData("""{"cost":-1,"characters":0,"charged":false}""")]
    [InlineData("""{"error":{"code":503,"message":"overloaded","type":"api_error"},"created":5,"id":"x","model":"m"}""")]
    [InlineData("""{"error":{"message":"m","metadata":{"text":"a","url":"http://x.test"}},"detail":{"content":"a"}}""")]
    [InlineData("""{"error":{"data":[{"text":"a"}]}}""")]
    [InlineData("""{"choices":[{"index":0,"message":{"role":"assistant","content":"","reasoning":null},"finish_reason":"error"}],"data":null}""")]
    [InlineData("""{"choices":[{"message":{"content":[{"type":"text","text":""}],"tool_calls":[{}]}}],"data":[]}""")]
    [InlineData("""{"error":{"max_tokens":4096,"usage_limit":10,"remaining_tokens":0,"limit_tokens":100}}""")]
    [InlineData("""{"credits":7,"quota":30000}""")]
    [InlineData("""{"time_spent":7,"used":1,"consumed":1}""")]
    [InlineData("""{"errors":[{"text":"a"}],"details":{"text":"a"},"metadata":{"text":"a"}}""")]
    [InlineData("""{"error":{"tool_calls":[{"name":"f"}]}}""")]
    [InlineData("""{"a_detail":7,"any":"a"}""")]
    [InlineData("""{"output":[{"type":"message","id":"m1","role":"assistant","status":"failed"}]}""")]
    [InlineData("""{"reasoning":{"format":"text","effort":"high"}}""")]
    [InlineData("""{"models":["a"],"data":"x"}""")]
    [InlineData("{\"usage\":")]
    [InlineData("<html>")]
    [InlineData("\"usage\"")]
    [InlineData("7")]
    [InlineData("")]
    public void IsIn_OfABodyWithoutThem_IsFalse(string json)
    {
        Assert.False(ChargeReport.IsIn(Encoding.UTF8.GetBytes(json)));
    }
}
