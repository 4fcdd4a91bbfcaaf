using System;
using CCApi.Sdk.Models;
using CCApi.Sdk.Tests.Support;
using Xunit;

namespace CCApi.Sdk.Tests.Images;

public class ImagePollingPolicyTests
{
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData("""{"status":"completed"}""", "Done")]
    [InlineData("""{"status":"Succeeded"}""", "Done")]
    [InlineData("""{"status":"complete"}""", "Done")]
    [InlineData("""{"status":"success"}""", "Done")]
    [InlineData("""{"status":"done"}""", "Done")]
    [InlineData("""{"status":"finished"}""", "Done")]
    [InlineData("""{"status":"completed","error":{"message":"a warning"}}""", "Done")]
    [InlineData("""{"status":"failed"}""", "Failed")]
    [InlineData("""{"status":"FAILURE"}""", "Failed")]
    [InlineData("""{"status":"error"}""", "Failed")]
    [InlineData("""{"status":"cancelled"}""", "Failed")]
    [InlineData("""{"status":"canceled"}""", "Failed")]
    [InlineData("""{"status":"expired"}""", "Failed")]
    [InlineData("""{"status":"rejected"}""", "Failed")]
    [InlineData("""{"status":"failed","data":[{"url":"https://media.example.com/a.png"}]}""", "Failed")]
    [InlineData("""{"status":"pending"}""", "Running")]
    [InlineData("""{"status":"queued"}""", "Running")]
    [InlineData("""{"status":"processing"}""", "Running")]
    [InlineData("""{"status":"running"}""", "Running")]
    [InlineData("""{"status":"in_progress"}""", "Running")]
    [InlineData("""{"status":"started"}""", "Running")]
    [InlineData("""{"status":"processing","data":[{"url":"https://media.example.com/preview.png"}]}""", "Running")]
    [InlineData("""{"status":"upscaling"}""", "Running")]
    [InlineData("""{"status":"upscaling","data":[]}""", "Running")]
    [InlineData("""{"status":"upscaling","data":[{"url":"https://media.example.com/a.png"}]}""", "Done")]
    [InlineData("""{"status":"upscaling","error":{"message":"no"}}""", "Failed")]
    [InlineData("""{"status":"upscaling","error":{"code":"nsfw"}}""", "Failed")]
    [InlineData("""{"status":"upscaling","error":{"message":null,"code":null}}""", "Running")]
    [InlineData("""{"status":"upscaling","error":{"message":"","code":""}}""", "Running")]
    [InlineData("""{"data":[{"url":"https://media.example.com/a.png"}]}""", "Done")]
    [InlineData("""{"status":"","data":[{"url":"https://media.example.com/a.png"}]}""", "Done")]
    [InlineData("""{"error":{"message":"no"}}""", "Failed")]
    [InlineData("""{"status":null}""", "Running")]
    [InlineData("{}", "Running")]
    [InlineData("""{"status":"completed","data":[],"error":{"code":"moderation_blocked","message":"no"}}""", "Failed")]
    [InlineData("""{"status":"succeeded","error":{"code":"moderation_blocked"}}""", "Failed")]
    [InlineData("""{"status":"completed","data":[],"error":{"message":"no"}}""", "Failed")]
    [InlineData("""{"status":"completed","data":[]}""", "Done")]
    [InlineData("""{"status":"succeed"}""", "Done")]
    [InlineData("""{"status":"Ready"}""", "Done")]
    [InlineData("""{"status":"timed_out"}""", "Failed")]
    [InlineData("""{"status":"TIMEOUT"}""", "Failed")]
    [InlineData("""{"status":"aborted"}""", "Failed")]
    [InlineData("""{"status":"fail"}""", "Failed")]
    [InlineData("""{"status":"Content Moderated"}""", "Failed")]
    [InlineData("""{"status":"request-moderated"}""", "Failed")]
    [InlineData("""{"status":"in-progress","data":[{"url":"https://media.example.com/preview.png"}]}""", "Running")]
    [InlineData("""{"status":"In Progress","data":[{"url":"https://media.example.com/preview.png"}]}""", "Running")]
    [InlineData("""{"status":"IN_QUEUE","data":[{"b64_json":"AQID"}]}""", "Running")]
    [InlineData("""{"status":"generating","data":[{"url":"https://media.example.com/preview.png"}]}""", "Running")]
    [InlineData("""{"status":"submitted","data":[{}]}""", "Running")]
    [InlineData("""{"status":"NOT_START","data":[{"url":""}]}""", "Running")]
    [InlineData("""{"status":"upscaling","data":[{}]}""", "Running")]
    [InlineData("""{"status":"upscaling","data":[{"url":"","b64_json":null}]}""", "Running")]
    [InlineData("""{"data":[{"revised_prompt":"a fox"}]}""", "Running")]
    [InlineData("""{"status":"completed","data":[{}],"error":{"code":"moderation_blocked","message":"no"}}""", "Failed")]
    [InlineData("""{"status":"completed","data":[{"url":null}],"error":{"message":"no"}}""", "Failed")]
    [InlineData("""{"status":"completed","data":[{},{"url":"https://media.example.com/a.png"}],"error":{"code":"partial"}}""", "Done")]
    public void Judge_OfAState_KnowsWhatItMeans(string json, string expected)
    {
        var state = Wire.Read<MultimodalImageGenerationResponse>(json);

        var outcome = ImagePollingPolicy.Judge(state);

        Assert.Equal(expected, outcome.ToString());
    }

    [Theory]
    [InlineData(0, null, 0.5, 1)]
    [InlineData(1, null, 0.5, 1.5)]
    [InlineData(2, null, 0.5, 2.25)]
    [InlineData(6, null, 0.5, 10)]
    [InlineData(1_000_000, null, 0.5, 10)]
    [InlineData(0, null, 0.0, 0.8)]
    [InlineData(0, null, 0.999999, 1.1999996)]
    [InlineData(0, 3.0, 0.5, 3)]
    [InlineData(0, 0.2, 0.5, 1)]
    [InlineData(0, 12.0, 0.5, 5)]
    [InlineData(1, 12.0, 0.5, 7.5)]
    [InlineData(0, 0.0, 0.5, 1)]
    [InlineData(0, -5.0, 0.5, 1)]
    [InlineData(0, 1e300, 0.5, 1)]
    [InlineData(0, double.NaN, 0.5, 1)]
    [InlineData(6, null, 0.999, 10)]
    public void Delay_OfAQuestion_BeginsWithTheEstimateAndGrows(int questions, double? estimate, double random, double expectedSeconds)
    {
        var delay = ImagePollingPolicy.Delay(questions, estimate, _longest, random);

        Assert.Equal(expectedSeconds, delay.TotalSeconds, precision: 6);
    }

    [Fact]
    public void Delay_OfMoreQuestions_IsNeverShorter()
    {
        var random = new Random(20261103);

        for (var trial = 0; trial < 1000; trial++)
        {
            var (questions, estimate, sample) = (random.Next(0, 60), random.NextDouble() * 20, random.NextDouble());

            var (delay, next) = (ImagePollingPolicy.Delay(questions, estimate, _longest, sample), ImagePollingPolicy.Delay(questions + 1, estimate, _longest, sample));

            Assert.True(next >= delay, $"{questions} questions, estimate {estimate}, random number {sample}: {delay}, then {next}");
        }
    }

    [Fact]
    public void Delay_OfAnything_StaysWithinItsBounds()
    {
        var random = new Random(20261104);

        for (var trial = 0; trial < 1000; trial++)
        {
            var (questions, estimate, sample) = (random.Next(0, int.MaxValue), (random.NextDouble() - 0.5) * 200_000, random.NextDouble());
            var longest = TimeSpan.FromMilliseconds(1 + (random.NextDouble() * 100_000));
            var middle = ImagePollingPolicy.Delay(questions, estimate, longest, 0.5);

            var delay = ImagePollingPolicy.Delay(questions, estimate, longest, sample);

            Assert.InRange(delay, TimeSpan.FromTicks((long)(middle.Ticks * 0.8) - 1), longest);
            Assert.True(delay.Ticks <= (middle.Ticks * 1.2) + 1, $"{delay} is more than a fifth above {middle}");
        }
    }

    [Fact]
    public void Delay_WithoutABound_IsFinite()
    {
        var delay = ImagePollingPolicy.Delay(int.MaxValue, 5, TimeSpan.MaxValue, 0.99);

        Assert.InRange(delay, TimeSpan.FromDays(1), TimeSpan.FromDays(1000));
    }
}
