using System.Threading.Tasks;
using CCApi.Emulator.Tests.Support;
using Xunit;

namespace CCApi.Emulator.Tests.Chat;

public class ChatRulesTests
{
    private const string Tools = "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"get_weather\"}}]";

    [Theory]
    [InlineData("""{"messages":[{"role":"user","content":"Hello"}]}""", "model")]
    [InlineData("""{"model":" ","messages":[{"role":"user","content":"Hello"}]}""", "model")]
    [InlineData("""{"model":7,"messages":[{"role":"user","content":"Hello"}]}""", "model")]
    [InlineData("""{"models":[],"messages":[{"role":"user","content":"Hello"}]}""", "models")]
    [InlineData("""{"models":[7],"messages":[{"role":"user","content":"Hello"}]}""", "models")]
    [InlineData("""{"model":"openai/gpt-4o","models":"openai/gpt-4o","messages":[{"role":"user","content":"Hello"}]}""", "models")]
    [InlineData("""{"model":"openai/gpt-4o"}""", "messages")]
    [InlineData("""{"model":"openai/gpt-4o","messages":[]}""", "messages")]
    [InlineData("""{"model":"openai/gpt-4o","messages":"Hello"}""", "messages")]
    [InlineData("""{"model":"openai/gpt-4o","messages":["Hello"]}""", "messages[0].role")]
    [InlineData("""{"model":"openai/gpt-4o","messages":[{"content":"Hello"}]}""", "messages[0].role")]
    [InlineData("""{"model":"openai/gpt-4o","messages":[{"role":"user","content":"Hello"},{"role":"robot","content":"Hello"}]}""", "messages[1].role")]
    [InlineData("""{"model":"openai/gpt-4o","messages":[{"role":"user","content":7}]}""", "messages[0].content")]
    [InlineData("""{"model":"openai/gpt-4o","messages":[{"role":"assistant","tool_calls":[{"id":"1","function":"f"}]}]}""", "messages[0].tool_calls")]
    [InlineData("""{"model":"openai/gpt-4o","messages":[{"role":"assistant","tool_calls":"f"}]}""", "messages[0].tool_calls")]
    [InlineData("""{"model":"openai/gpt-4o","messages":[{"role":"user","content":"Hello","name":5}]}""", "messages[0].name")]
    [InlineData("""{"model":"openai/gpt-4o","messages":[{"role":"tool","content":"1","tool_call_id":5}]}""", "messages[0].tool_call_id")]
    [InlineData("""{"model":7,"models":["openai/gpt-4o"],"messages":[{"role":"user","content":"Hello"}]}""", "model")]
    public async Task Problem_OfAWrongBody_Is400AndNamesTheField(string body, string param)
    {
        await using var world = await World.StartAsync();

        var response = await world.PostAsync("chat/completions", body);

        Assert.Equal((400, "invalid_request", param), (response.Status, response.Error["code"]!.GetValue<string>(), response.Error["param"]!.GetValue<string>()));
        Assert.Empty(world.Emulator.Ledger.Charges);
    }

    [Theory]
    [InlineData("\"stream\":\"yes\"", "stream")]
    [InlineData("\"logprobs\":1", "logprobs")]
    [InlineData("\"parallel_tool_calls\":\"no\"", "parallel_tool_calls")]
    [InlineData("\"temperature\":2.1", "temperature")]
    [InlineData("\"temperature\":\"warm\"", "temperature")]
    [InlineData("\"temperature\":1e999", "temperature")]
    [InlineData("\"top_p\":1.1", "top_p")]
    [InlineData("\"n\":0", "n")]
    [InlineData("\"n\":9", "n")]
    [InlineData("\"n\":1.5", "n")]
    [InlineData("\"max_tokens\":0", "max_tokens")]
    [InlineData("\"max_tokens\":2.5", "max_tokens")]
    [InlineData("\"max_completion_tokens\":-1", "max_completion_tokens")]
    [InlineData("\"presence_penalty\":-2.1", "presence_penalty")]
    [InlineData("\"frequency_penalty\":2.1", "frequency_penalty")]
    [InlineData("\"top_logprobs\":21", "top_logprobs")]
    [InlineData("\"top_k\":-1", "top_k")]
    [InlineData("\"seed\":\"lucky\"", "seed")]
    [InlineData("\"stop\":7", "stop")]
    [InlineData("\"stop\":[\"a\",7]", "stop")]
    [InlineData("\"stream\":true,\"stream_options\":\"usage\"", "stream_options")]
    [InlineData("\"thinking\":\"enabled\"", "thinking")]
    [InlineData("\"thinking\":{}", "thinking")]
    [InlineData("\"thinking\":{\"type\":\"\"}", "thinking")]
    [InlineData("\"thinking\":{\"type\":\"often\"}", "thinking")]
    [InlineData("\"reasoning_effort\":\"\"", "reasoning_effort")]
    [InlineData("\"reasoning_effort\":\"immense\"", "reasoning_effort")]
    [InlineData("\"reasoning_effort\":\"High\"", "reasoning_effort")]
    [InlineData("\"reasoning_effort\":3", "reasoning_effort")]
    [InlineData("\"response_format\":\"json\"", "response_format")]
    [InlineData("\"response_format\":{}", "response_format")]
    [InlineData("\"response_format\":{\"type\":\"xml\"}", "response_format")]
    [InlineData("\"response_format\":{\"type\":\"json_schema\"}", "response_format")]
    [InlineData("\"response_format\":{\"type\":\"json_schema\",\"json_schema\":\"x\"}", "response_format")]
    [InlineData("\"tools\":{}", "tools")]
    [InlineData("\"tools\":[\"get_weather\"]", "tools")]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":\"get_weather\"}]", "tools")]
    [InlineData("\"tools\":[{\"type\":\"function\",\"function\":{}}]", "tools")]
    [InlineData("\"tool_choice\":\"required\"", "tool_choice")]
    [InlineData(Tools + ",\"tool_choice\":\"sometimes\"", "tool_choice")]
    [InlineData(Tools + ",\"tool_choice\":7", "tool_choice")]
    [InlineData("\"verbosity\":\"huge\"", "verbosity")]
    [InlineData("\"service_tier\":\"zzz\"", "service_tier")]
    [InlineData("\"service_tier\":5", "service_tier")]
    [InlineData("\"modalities\":[\"video\"]", "modalities")]
    [InlineData("\"modalities\":\"text\"", "modalities")]
    [InlineData("\"modalities\":[]", "modalities")]
    [InlineData("\"top_logprobs\":3", "top_logprobs")]
    [InlineData("\"logprobs\":false,\"top_logprobs\":3", "top_logprobs")]
    [InlineData("\"metadata\":[]", "metadata")]
    [InlineData("\"logit_bias\":5", "logit_bias")]
    [InlineData("\"user\":5", "user")]
    [InlineData("\"models\":[\"openai/gpt-4o\"],\"user\":{}", "user")]
    [InlineData("\"stream_options\":{\"include_usage\":\"yes\"}", "stream_options.include_usage")]
    [InlineData("\"thinking\":{\"type\":\"enabled\",\"budget_tokens\":\"many\"}", "thinking.budget_tokens")]
    [InlineData("\"tools\":[{\"type\":5,\"function\":{\"name\":\"f\"}}]", "tools[0].type")]
    [InlineData("\"tools\":[{\"function\":{\"name\":\"f\",\"description\":5}}]", "tools[0].function.description")]
    [InlineData("\"tools\":[{\"function\":{\"name\":\"f\",\"parameters\":[]}}]", "tools[0].function.parameters")]
    [InlineData("\"tools\":[{\"function\":{\"name\":\"f\",\"strict\":1}}]", "tools[0].function.strict")]
    [InlineData(Tools + ",\"tool_choice\":{\"type\":\"function\"}", "tool_choice")]
    [InlineData(Tools + ",\"tool_choice\":{\"type\":\"function\",\"function\":\"get_weather\"}", "tool_choice")]
    [InlineData(Tools + ",\"tool_choice\":{\"type\":\"function\",\"function\":{\"name\":\"get_time\"}}", "tool_choice")]
    public async Task Problem_OfAWrongSetting_Is400AndNamesIt(string setting, string param)
    {
        await using var world = await World.StartAsync();

        var response = await world.ChatAsync("Hello", setting);

        Assert.Equal((400, param), (response.Status, response.Error["param"]?.GetValue<string>()));
    }

    [Theory]
    [InlineData("\"temperature\":2,\"top_p\":0,\"n\":8,\"top_k\":0,\"presence_penalty\":-2,\"frequency_penalty\":2,\"seed\":-5")]
    [InlineData("\"stop\":[],\"stream\":false,\"metadata\":{\"a\":1},\"user\":\"u\",\"logit_bias\":{\"5\":1}")]
    [InlineData("\"stop\":null,\"tools\":null,\"tool_choice\":null,\"response_format\":null,\"max_tokens\":null,\"models\":null,\"stream\":null,\"stream_options\":null,\"n\":null")]
    [InlineData("\"tools\":[],\"tool_choice\":\"auto\",\"response_format\":{\"type\":\"text\"}")]
    [InlineData("\"reasoning_effort\":\"xhigh\",\"thinking\":{\"type\":\"disabled\"}")]
    [InlineData("\"reasoning_effort\":null,\"thinking\":null")]
    [InlineData("\"verbosity\":\"low\",\"service_tier\":\"auto\",\"modalities\":[\"text\"],\"logprobs\":true,\"top_logprobs\":3")]
    [InlineData("\"verbosity\":null,\"service_tier\":null,\"modalities\":null,\"logprobs\":null,\"top_logprobs\":null")]
    [InlineData("\"max_tokens\":1e6,\"seed\":9223372036854775807")]
    public async Task Problem_OfAllowedSettings_IsNone(string settings)
    {
        await using var world = await World.StartAsync();

        var response = await world.ChatAsync("Hello", settings);

        Assert.Equal(200, response.Status);
    }

    [Theory]
    [InlineData("deepseek/deepseek-v3.2", "\"response_format\":{\"type\":\"json_schema\",\"json_schema\":{\"name\":\"a\",\"schema\":{}}}", "response_format")]
    public async Task Rejection_UnsupportedByTheModel_NamesTheSetting(string model, string setting, string param)
    {
        await using var world = await World.StartAsync();

        var response = await world.ChatAsync("Hello", setting, model);

        Assert.Equal(param, response.Error["param"]!.GetValue<string>());
    }
}
