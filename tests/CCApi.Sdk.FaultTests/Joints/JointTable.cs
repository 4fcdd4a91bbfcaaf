using System;
using System.Collections.Generic;
using System.Linq;

namespace CCApi.Sdk.FaultTests.Joints;

/// <summary>What must come of every call when features meet in it. It follows from what the SDK promises, and was written before anything was run against it.</summary>
/// <remarks>
/// A cell is the outcome, the requests that the server received and the charges. Where a call has several requests, the fault meets the second one: the second turn of
/// a run, the repair of a structured response, the download of a link, the first poll of a job, the second page. A cell that makes no sense names its reason.
/// </remarks>
internal static class JointTable
{
    private const string Text = """
        ## Cancellation
        call              | before the call | awaiting headers | in the body  | in the body of an error | in a retry delay | first reader's token | later reader's token | first reader's token, later reader | key provider hangs | tool hangs
        Chat              | Canceled 0/0    | Canceled 1/1     | Canceled 1/1 | Canceled 1/0            | Canceled 1/0     | -token               | -reader              | -reader                            | Canceled 0/0       | -tool
        Text              | Canceled 0/0    | Canceled 1/1     | Canceled 1/1 | Canceled 1/0            | Canceled 1/0     | Canceled 1/1         | -reader              | -reader                            | Canceled 0/0       | -tool
        Chunks            | Canceled 0/0    | Canceled 1/1     | Canceled 1/1 | Canceled 1/0            | Canceled 1/0     | Canceled 1/1         | -reader              | -reader                            | Canceled 0/0       | -tool
        ReasoningText     | Canceled 0/0    | Canceled 1/1     | Canceled 1/1 | Canceled 1/0            | Canceled 1/0     | Canceled 1/1         | Canceled 1/1         | Canceled 1/1                       | Canceled 0/0       | -tool
        ReasoningResponse | Canceled 0/0    | Canceled 1/1     | Canceled 1/1 | Canceled 1/0            | Canceled 1/0     | Canceled 1/1         | Canceled 1/1         | Canceled 1/1                       | Canceled 0/0       | -tool
        Run               | Canceled 0/0    | Canceled 2/2     | Canceled 2/2 | Canceled 2/1            | Canceled 2/1     | Canceled 2/2         | -reader              | -reader                            | Canceled 1/1       | Canceled 1/1
        RunStreamed       | Canceled 0/0    | Canceled 2/2     | Canceled 2/2 | Canceled 2/1            | Canceled 2/1     | Canceled 2/2         | -reader              | -reader                            | Canceled 1/1       | Canceled 1/1
        Structured        | Canceled 0/0    | Canceled 2/2     | Canceled 2/2 | Canceled 2/1            | Canceled 2/1     | -token               | -reader              | -reader                            | Canceled 1/1       | -tool
        Speech            | Canceled 0/0    | Canceled 1/1     | Canceled 1/1 | Canceled 1/0            | Canceled 1/0     | -token               | -reader              | -reader                            | Canceled 0/0       | -tool
        SpeechStream      | Canceled 0/0    | Canceled 1/1     | Canceled 1/1 | Canceled 1/0            | Canceled 1/0     | Canceled 1/1         | -reader              | -reader                            | Canceled 0/0       | -tool
        SpeechLink        | Canceled 0/0    | Canceled 2/1     | Canceled 2/1 | Canceled 2/1            | Canceled 2/1     | Canceled 2/1         | -reader              | -reader                            | Canceled 0/0       | -tool
        Image             | Canceled 0/0    | Canceled 1/1     | Canceled 1/1 | Canceled 1/0            | Canceled 1/0     | -token               | -reader              | -reader                            | Canceled 0/0       | -tool
        ImageJob          | Canceled 0/0    | Canceled 2/1     | Canceled 2/1 | Canceled 2/1            | Canceled 2/1     | -token               | -reader              | -reader                            | Canceled 1/1       | -tool
        JobWait           | Canceled 0/0    | Canceled 2/1     | Canceled 2/1 | Canceled 2/1            | Canceled 2/1     | -token               | -reader              | -reader                            | Canceled 1/1       | -tool
        JobWatch          | Canceled 0/0    | Canceled 2/1     | Canceled 2/1 | Canceled 2/1            | Canceled 2/1     | Canceled 2/1         | -reader              | -reader                            | Canceled 1/1       | -tool
        Download          | Canceled 0/0    | Canceled 1/0     | Canceled 1/0 | Canceled 1/0            | Canceled 1/0     | Canceled 1/0         | -reader              | -reader                            | -key               | -tool
        Catalog           | Canceled 0/0    | Canceled 2/0     | Canceled 2/0 | Canceled 2/0            | Canceled 2/0     | Canceled 2/0         | -reader              | -reader                            | Canceled 1/0       | -tool
        Send              | Canceled 0/0    | Canceled 1/1     | Canceled 1/1 | Canceled 1/0            | Canceled 1/0     | -token               | -reader              | -reader                            | Canceled 0/0       | -tool
        SendEmpty         | Canceled 0/0    | Canceled 1/1     | Canceled 1/1 | Canceled 1/0            | Canceled 1/0     | -token               | -reader              | -reader                            | Canceled 0/0       | -tool

        ## Time budgets
        call              | Connect             | Attempt                                  | Total                                  | Total of all models | FirstChunk             | NextChunk             | Idle                                  | Download             | ImageJob
        Chat              | Timeout:Connect 0/0 | Timeout:Attempt 1/1                      | Timeout:Total 1/1                      | Timeout:Total 2/2   | -stream                | -events               | Timeout:Idle 1/1                      | -bytes               | -job
        Text              | Timeout:Connect 0/0 | Timeout:Attempt 1/1                      | Timeout:Total 1/1                      | Timeout:Total 2/2   | Timeout:FirstChunk 1/1 | Timeout:NextChunk 1/1 | Timeout:Idle 1/1                      | -bytes               | -job
        Chunks            | Timeout:Connect 0/0 | Timeout:Attempt 1/1                      | Timeout:Total 1/1                      | Timeout:Total 2/2   | Timeout:FirstChunk 1/1 | Timeout:NextChunk 1/1 | Timeout:Idle 1/1                      | -bytes               | -job
        ReasoningText     | Timeout:Connect 0/0 | Timeout:Attempt 1/1                      | Timeout:Total 1/1                      | Timeout:Total 2/2   | Timeout:FirstChunk 1/1 | Timeout:NextChunk 1/1 | Timeout:Idle 1/1                      | -bytes               | -job
        ReasoningResponse | Timeout:Connect 0/0 | Timeout:Attempt 1/1                      | Timeout:Total 1/1                      | Timeout:Total 2/2   | Timeout:FirstChunk 1/1 | Timeout:NextChunk 1/1 | Timeout:Idle 1/1                      | -bytes               | -job
        Run               | Timeout:Connect 0/0 | Timeout:Attempt 2/2                      | Timeout:Total 2/2                      | Timeout:Total 2/2   | -stream                | -events               | Timeout:Idle 2/2                      | -bytes               | -job
        RunStreamed       | Timeout:Connect 0/0 | Timeout:Attempt 2/2                      | Timeout:Total 2/2                      | Timeout:Total 2/2   | Timeout:FirstChunk 2/2 | Timeout:NextChunk 2/2 | Timeout:Idle 2/2                      | -bytes               | -job
        Structured        | Timeout:Connect 0/0 | ChatStructuredOutput:Timeout:Attempt 2/2 | ChatStructuredOutput:Timeout:Total 2/2 | Timeout:Total 2/2   | -stream                | -events               | ChatStructuredOutput:Timeout:Idle 2/2 | -bytes               | -job
        Speech            | Timeout:Connect 0/0 | Timeout:Attempt 1/1                      | Timeout:Total 1/1                      | Timeout:Total 2/2   | -stream                | -events               | Timeout:Idle 1/1                      | -bytes               | -job
        SpeechStream      | Timeout:Connect 0/0 | Timeout:Attempt 1/1                      | Timeout:Total 1/1                      | Timeout:Total 2/2   | Timeout:FirstChunk 1/1 | -events               | Timeout:Idle 1/1                      | Timeout:Download 1/1 | -job
        SpeechLink        | Timeout:Connect 0/0 | ok 3/1                                   | SpeechSave:Timeout:Total 2/1           | Timeout:Total 2/2   | -stream                | -events               | SpeechSave:Timeout:Idle 2/1           | SpeechSave:Timeout:Download 2/1 | -job
        Image             | Timeout:Connect 0/0 | Timeout:Attempt 1/1                      | Timeout:Total 1/1                      | Timeout:Total 2/2   | -stream                | -events               | Timeout:Idle 1/1                      | -bytes               | -job
        ImageJob          | Timeout:Connect 0/0 | ok 4/1                                   | Timeout:Total 1/1                      | Timeout:Total 2/2   | -stream                | -events               | ok 4/1                                | -bytes               | Timeout:ImageJob 4/1
        JobWait           | Timeout:Connect 0/0 | ok 4/1                                   | Timeout:Total 1/1                      | Timeout:Total 2/2   | -stream                | -events               | ok 4/1                                | -bytes               | Timeout:ImageJob 4/1
        JobWatch          | Timeout:Connect 0/0 | ok 4/1                                   | Timeout:Total 1/1                      | Timeout:Total 2/2   | -stream                | -events               | ok 4/1                                | -bytes               | Timeout:ImageJob 4/1
        Download          | Timeout:Connect 0/0 | ok 2/0                                   | Timeout:Total 1/0                      | -model              | -stream                | -events               | Timeout:Idle 1/0                      | Timeout:Download 1/0 | -job
        Catalog           | Timeout:Connect 0/0 | ok 3/0                                   | Timeout:Total 2/0                      | -model              | -stream                | -events               | ok 3/0                                | -bytes               | -job
        Send              | Timeout:Connect 0/0 | Timeout:Attempt 1/1                      | Timeout:Total 1/1                      | -model              | -stream                | -events               | Timeout:Idle 1/1                      | -bytes               | -job
        SendEmpty         | Timeout:Connect 0/0 | Timeout:Attempt 1/1                      | Timeout:Total 1/1                      | -model              | -stream                | -events               | Timeout:Idle 1/1                      | -bytes               | -job

        ## Dispose
        call              | client, awaiting headers | client, in the body | client, awaiting headers of an HttpClient | client, in the body of an HttpClient | client, in the body of an error | client, in a retry delay | client, before the call | stream, in a read | loop left
        Chat              | Disposed 1/1             | Disposed 1/1        | Disposed 1/1                              | Disposed 1/1                         | Disposed 1/0                    | Disposed 1/0             | Disposed 0/0            | -dispose          | -loop
        Text              | Disposed 1/1             | Disposed 1/1        | Disposed 1/1                              | Disposed 1/1                         | Disposed 1/0                    | Disposed 1/0             | Disposed 0/0            | Disposed 1/1      | left 1/1
        Chunks            | Disposed 1/1             | Disposed 1/1        | Disposed 1/1                              | Disposed 1/1                         | Disposed 1/0                    | Disposed 1/0             | Disposed 0/0            | Disposed 1/1      | left 1/1
        ReasoningText     | Disposed 1/1             | Disposed 1/1        | Disposed 1/1                              | Disposed 1/1                         | Disposed 1/0                    | Disposed 1/0             | Disposed 0/0            | Disposed 1/1      | left 1/1
        ReasoningResponse | Disposed 1/1             | Disposed 1/1        | Disposed 1/1                              | Disposed 1/1                         | Disposed 1/0                    | Disposed 1/0             | Disposed 0/0            | Disposed 1/1      | left 1/1
        Run               | Disposed 2/2             | Disposed 2/2        | Disposed 2/2                              | Disposed 2/2                         | Disposed 2/1                    | Disposed 2/1             | Disposed 0/0            | -dispose          | left 1/1
        RunStreamed       | Disposed 2/2             | Disposed 2/2        | Disposed 2/2                              | Disposed 2/2                         | Disposed 2/1                    | Disposed 2/1             | Disposed 0/0            | -dispose          | left 1/1
        Structured        | Disposed 2/2             | Disposed 2/2        | Disposed 2/2                              | Disposed 2/2                         | Disposed 2/1                    | Disposed 2/1             | Disposed 0/0            | -dispose          | -loop
        Speech            | Disposed 1/1             | Disposed 1/1        | Disposed 1/1                              | Disposed 1/1                         | Disposed 1/0                    | Disposed 1/0             | Disposed 0/0            | -dispose          | -loop
        SpeechStream      | Disposed 1/1             | Disposed 1/1        | Disposed 1/1                              | Disposed 1/1                         | Disposed 1/0                    | Disposed 1/0             | Disposed 0/0            | Disposed 1/1      | -loop
        SpeechLink        | Disposed 2/1             | Disposed 2/1        | Disposed 2/1                              | Disposed 2/1                         | Disposed 2/1                    | Disposed 2/1             | Disposed 0/0            | Disposed 2/1      | -loop
        Image             | Disposed 1/1             | Disposed 1/1        | Disposed 1/1                              | Disposed 1/1                         | Disposed 1/0                    | Disposed 1/0             | Disposed 0/0            | -dispose          | -loop
        ImageJob          | Disposed 2/1             | Disposed 2/1        | Disposed 2/1                              | Disposed 2/1                         | Disposed 2/1                    | Disposed 2/1             | Disposed 0/0            | -dispose          | -loop
        JobWait           | Disposed 2/1             | Disposed 2/1        | Disposed 2/1                              | Disposed 2/1                         | Disposed 2/1                    | Disposed 2/1             | Disposed 0/0            | -dispose          | -loop
        JobWatch          | Disposed 2/1             | Disposed 2/1        | Disposed 2/1                              | Disposed 2/1                         | Disposed 2/1                    | Disposed 2/1             | Disposed 0/0            | -dispose          | left 1/1
        Download          | Disposed 1/0             | Disposed 1/0        | Disposed 1/0                              | Disposed 1/0                         | Disposed 1/0                    | Disposed 1/0             | Disposed 0/0            | Disposed 1/0      | -loop
        Catalog           | Disposed 2/0             | Disposed 2/0        | Disposed 2/0                              | Disposed 2/0                         | Disposed 2/0                    | Disposed 2/0             | Disposed 0/0            | -dispose          | left 1/0
        Send              | Disposed 1/1             | Disposed 1/1        | Disposed 1/1                              | Disposed 1/1                         | Disposed 1/0                    | Disposed 1/0             | Disposed 0/0            | -dispose          | -loop
        SendEmpty         | Disposed 1/1             | Disposed 1/1        | Disposed 1/1                              | Disposed 1/1                         | Disposed 1/0                    | Disposed 1/0             | Disposed 0/0            | -dispose          | -loop

        ## Keys and headers
        call              | key and headers of the call, retried | 401, a new key | 401, the same key                     | 401, key of the call
        Chat              | ok 2/1                               | ok 2/1         | Unauthorized 1/0                      | Unauthorized 1/0
        Text              | ok 2/1                               | ok 2/1         | Unauthorized 1/0                      | Unauthorized 1/0
        Chunks            | ok 2/1                               | ok 2/1         | Unauthorized 1/0                      | Unauthorized 1/0
        ReasoningText     | ok 2/1                               | ok 2/1         | Unauthorized 1/0                      | Unauthorized 1/0
        ReasoningResponse | ok 2/1                               | ok 2/1         | Unauthorized 1/0                      | Unauthorized 1/0
        Run               | ok 4/2                               | ok 3/2         | Unauthorized 2/1                      | Unauthorized 2/1
        RunStreamed       | ok 4/2                               | ok 3/2         | Unauthorized 2/1                      | Unauthorized 2/1
        Structured        | ok 4/2                               | ok 3/2         | ChatStructuredOutput:Unauthorized 2/1 | ChatStructuredOutput:Unauthorized 2/1
        Speech            | ok 2/1                               | ok 2/1         | Unauthorized 1/0                      | Unauthorized 1/0
        SpeechStream      | ok 2/1                               | ok 2/1         | Unauthorized 1/0                      | Unauthorized 1/0
        SpeechLink        | ok 4/1                               | SpeechSave:Download 2/1 | SpeechSave:Download 2/1      | SpeechSave:Download 2/1
        Image             | ok 2/1                               | ok 2/1         | Unauthorized 1/0                      | Unauthorized 1/0
        ImageJob          | ok 6/1                               | ok 4/1         | Unauthorized 2/1                      | Unauthorized 2/1
        JobWait           | ok 6/1                               | ok 4/1         | Unauthorized 2/1                      | Unauthorized 2/1
        JobWatch          | ok 6/1                               | ok 4/1         | Unauthorized 2/1                      | Unauthorized 2/1
        Download          | ok 2/0                               | Download 1/0   | Download 1/0                          | Download 1/0
        Catalog           | ok 4/0                               | ok 3/0         | Unauthorized 2/0                      | Unauthorized 2/0
        Send              | ok 2/1                               | ok 2/1         | Unauthorized 1/0                      | Unauthorized 1/0
        SendEmpty         | ok 2/1                               | ok 2/1         | Unauthorized 1/0                      | Unauthorized 1/0

        ## Failover to another model
        call              | 503    | hidden 503 | connection refused | Attempt, may be charged | silent body, may be charged | closed, may be charged | closed                              | billing                          | error after content | hidden 503 with usage
        Chat              | ok 4/1 | ok 4/1     | ok 1/1             | ok 2/2                  | ok 2/2                      | ok 2/2                 | Connection 1/1                      | Billing 1/0                      | -events             | Server 1/1
        Text              | ok 4/1 | ok 4/1     | ok 1/1             | ok 2/2                  | ok 2/2                      | ok 2/2                 | Connection 1/1                      | Billing 1/0                      | Server 1/1          | Server 1/1
        Chunks            | ok 4/1 | ok 4/1     | ok 1/1             | ok 2/2                  | ok 2/2                      | ok 2/2                 | Connection 1/1                      | Billing 1/0                      | Server 1/1          | Server 1/1
        ReasoningText     | ok 4/1 | ok 4/1     | ok 1/1             | ok 2/2                  | ok 2/2                      | ok 2/2                 | Connection 1/1                      | Billing 1/0                      | Server 1/1          | Server 1/1
        ReasoningResponse | ok 4/1 | ok 4/1     | ok 1/1             | ok 2/2                  | ok 2/2                      | ok 2/2                 | Connection 1/1                      | Billing 1/0                      | Server 1/1          | Server 1/1
        Run               | ok 5/2 | ok 5/2     | ok 2/2             | ok 3/3                  | ok 3/3                      | ok 3/3                 | Connection 2/2                      | Billing 2/1                      | -events             | Server 2/2
        RunStreamed       | ok 5/2 | ok 5/2     | ok 2/2             | ok 3/3                  | ok 3/3                      | ok 3/3                 | Connection 2/2                      | Billing 2/1                      | Server 2/2          | Server 2/2
        Structured        | ok 5/2 | ok 5/2     | ok 2/2             | ok 3/3                  | ok 3/3                      | ok 3/3                 | ChatStructuredOutput:Connection 2/2 | ChatStructuredOutput:Billing 2/1 | -events             | ChatStructuredOutput:Server 2/2
        Speech            | ok 4/1 | ok 4/1     | ok 1/1             | ok 2/2                  | ok 2/2                      | ok 2/2                 | Connection 1/1                      | Billing 1/0                      | -events             | Server 1/1
        SpeechStream      | ok 4/1 | ok 4/1     | ok 1/1             | ok 2/2                  | ok 2/2                      | ok 2/2                 | Connection 1/1                      | Billing 1/0                      | -events             | Server 1/1
        SpeechLink        | ok 5/1 | ok 5/1     | ok 2/1             | ok 3/2                  | ok 3/2                      | ok 3/2                 | Connection 1/1                      | Billing 1/0                      | -events             | Server 1/1
        Image             | ok 4/1 | ok 4/1     | ok 1/1             | ok 2/2                  | ok 2/2                      | ok 2/2                 | Connection 1/1                      | Billing 1/0                      | -events             | Server 1/1
        ImageJob          | ok 6/1 | ok 6/1     | ok 3/1             | ok 4/2                  | ok 4/2                      | ok 4/2                 | Connection 1/1                      | Billing 1/0                      | -events             | Server 1/1
        JobWait           | ok 6/1 | ok 6/1     | ok 3/1             | ok 4/2                  | ok 4/2                      | ok 4/2                 | Connection 1/1                      | Billing 1/0                      | -events             | Server 1/1
        JobWatch          | ok 6/1 | ok 6/1     | ok 3/1             | ok 4/2                  | ok 4/2                      | ok 4/2                 | Connection 1/1                      | Billing 1/0                      | -events             | Server 1/1
        Download          | -model | -model     | -model             | -model                  | -model                      | -model                 | -model                              | -model                           | -model              | -model
        Catalog           | -model | -model     | -model             | -model                  | -model                      | -model                 | -model                              | -model                           | -model              | -model
        Send              | -model | -model     | -model             | -model                  | -model                      | -model                 | -model                              | -model                           | -model              | -model
        SendEmpty         | -model | -model     | -model             | -model                  | -model                      | -model                 | -model                              | -model                           | -model              | -model

        ## Errors hidden in a response
        call              | hidden 400                          | hidden 429 | hidden quota                     | quota of status 429              | success: false
        Chat              | BadRequest 1/0                      | ok 2/1     | Billing 1/0                      | Billing 1/0                      | ok 2/1
        Text              | BadRequest 1/0                      | ok 2/1     | Billing 1/0                      | Billing 1/0                      | ok 2/1
        Chunks            | BadRequest 1/0                      | ok 2/1     | Billing 1/0                      | Billing 1/0                      | ok 2/1
        ReasoningText     | BadRequest 1/0                      | ok 2/1     | Billing 1/0                      | Billing 1/0                      | ok 2/1
        ReasoningResponse | BadRequest 1/0                      | ok 2/1     | Billing 1/0                      | Billing 1/0                      | ok 2/1
        Run               | BadRequest 2/1                      | ok 3/2     | Billing 2/1                      | Billing 2/1                      | ok 3/2
        RunStreamed       | BadRequest 2/1                      | ok 3/2     | Billing 2/1                      | Billing 2/1                      | ok 3/2
        Structured        | ChatStructuredOutput:BadRequest 2/1 | ok 3/2     | ChatStructuredOutput:Billing 2/1 | ChatStructuredOutput:Billing 2/1 | ok 3/2
        Speech            | BadRequest 1/0                      | ok 2/1     | Billing 1/0                      | Billing 1/0                      | ok 2/1
        SpeechStream      | BadRequest 1/0                      | ok 2/1     | Billing 1/0                      | Billing 1/0                      | ok 2/1
        SpeechLink        | BadRequest 1/0                      | ok 3/1     | Billing 1/0                      | Billing 1/0                      | ok 3/1
        Image             | BadRequest 1/0                      | ok 2/1     | Billing 1/0                      | Billing 1/0                      | ok 2/1
        ImageJob          | BadRequest 2/1                      | ok 4/1     | Billing 2/1                      | Billing 2/1                      | ok 4/1
        JobWait           | BadRequest 2/1                      | ok 4/1     | Billing 2/1                      | Billing 2/1                      | ok 4/1
        JobWatch          | BadRequest 2/1                      | ok 4/1     | Billing 2/1                      | Billing 2/1                      | ok 4/1
        Download          | -file                               | -file      | -file                            | -file                            | -file
        Catalog           | BadRequest 2/0                      | ok 3/0     | Billing 2/0                      | Billing 2/0                      | ok 3/0
        Send              | BadRequest 1/0                      | ok 2/1     | Billing 1/0                      | Billing 1/0                      | ok 2/1
        SendEmpty         | BadRequest 1/0                      | ok 2/1     | Billing 1/0                      | Billing 1/0                      | ok 2/1

        ## The gateway closes early
        call              | before headers                      | reset before headers                | cut in the body                     | body just ends                    | complete, stays open | complete, then reset
        Chat              | Connection 1/1                      | Connection 1/1                      | Connection 1/1                      | Protocol 1/1                      | ok 1/1               | -length
        Text              | Connection 1/1                      | Connection 1/1                      | Stream 1/1                          | truncated 1/1                     | ok 1/1               | ok 1/1
        Chunks            | Connection 1/1                      | Connection 1/1                      | Stream 1/1                          | truncated 1/1                     | ok 1/1               | ok 1/1
        ReasoningText     | Connection 1/1                      | Connection 1/1                      | Stream 1/1                          | truncated 1/1                     | ok 1/1               | ok 1/1
        ReasoningResponse | Connection 1/1                      | Connection 1/1                      | Stream 1/1                          | truncated 1/1                     | ok 1/1               | ok 1/1
        Run               | Connection 2/2                      | Connection 2/2                      | Connection 2/2                      | Protocol 2/2                      | ok 2/2               | -length
        RunStreamed       | Connection 2/2                      | Connection 2/2                      | Stream 2/2                          | truncated 2/2                     | ok 2/2               | ok 2/2
        Structured        | ChatStructuredOutput:Connection 2/2 | ChatStructuredOutput:Connection 2/2 | ChatStructuredOutput:Connection 2/2 | ChatStructuredOutput:Protocol 2/2 | ok 2/2               | -length
        Speech            | Connection 1/1                      | Connection 1/1                      | Connection 1/1                      | Protocol 1/1                      | ok 1/1               | -length
        SpeechStream      | Connection 1/1                      | Connection 1/1                      | Connection 1/1                      | ok 1/1                            | ok 1/1               | -length
        SpeechLink        | ok 3/1                              | ok 3/1                              | SpeechSave:Connection 2/1           | ok 2/1                            | ok 2/1               | -length
        Image             | Connection 1/1                      | Connection 1/1                      | Connection 1/1                      | Protocol 1/1                      | ok 1/1               | -length
        ImageJob          | ok 4/1                              | ok 4/1                              | ok 4/1                              | Protocol 2/1                      | ok 3/1               | -length
        JobWait           | ok 4/1                              | ok 4/1                              | ok 4/1                              | Protocol 2/1                      | ok 3/1               | -length
        JobWatch          | ok 4/1                              | ok 4/1                              | ok 4/1                              | Protocol 2/1                      | ok 3/1               | -length
        Download          | ok 2/0                              | ok 2/0                              | Connection 1/0                      | ok 1/0                            | ok 1/0               | -length
        Catalog           | ok 3/0                              | ok 3/0                              | ok 3/0                              | Protocol 2/0                      | ok 2/0               | -length
        Send              | Connection 1/1                      | Connection 1/1                      | Connection 1/1                      | Protocol 1/1                      | ok 1/1               | -length
        SendEmpty         | Connection 1/1                      | Connection 1/1                      | Connection 1/1                      | Protocol 1/1                      | ok 1/1               | -length

        ## Heartbeats and proxies
        call              | heartbeats  | heartbeats for ever                    | HTML 502                        | empty 502                       | JSON 502
        Chat              | ok 1/1      | Timeout:Total 1/1                      | Server 1/1                      | Server 1/1                      | ok 2/1
        Text              | ok 1/1      | -chunk                                 | Server 1/1                      | Server 1/1                      | ok 2/1
        Chunks            | ok 1/1      | -chunk                                 | Server 1/1                      | Server 1/1                      | ok 2/1
        ReasoningText     | ok 1/1      | -chunk                                 | Server 1/1                      | Server 1/1                      | ok 2/1
        ReasoningResponse | ok 1/1      | -chunk                                 | Server 1/1                      | Server 1/1                      | ok 2/1
        Run               | ok 2/2      | Timeout:Total 2/2                      | Server 2/2                      | Server 2/2                      | ok 3/2
        RunStreamed       | ok 2/2      | -chunk                                 | Server 2/2                      | Server 2/2                      | ok 3/2
        Structured        | ok 2/2      | ChatStructuredOutput:Timeout:Total 2/2 | ChatStructuredOutput:Server 2/2 | ChatStructuredOutput:Server 2/2 | ok 3/2
        Speech            | ok 1/1      | Timeout:Total 1/1                      | Server 1/1                      | Server 1/1                      | ok 2/1
        SpeechStream      | -bytes-only | -bytes-only                            | Server 1/1                      | Server 1/1                      | ok 2/1
        SpeechLink        | -bytes-only | -bytes-only                            | ok 3/1                          | ok 3/1                          | ok 3/1
        Image             | ok 1/1      | Timeout:Total 1/1                      | Server 1/1                      | Server 1/1                      | ok 2/1
        ImageJob          | ok 3/1      | Timeout:Total 1/1                      | ok 4/1                          | ok 4/1                          | ok 4/1
        JobWait           | ok 3/1      | Timeout:Total 1/1                      | ok 4/1                          | ok 4/1                          | ok 4/1
        JobWatch          | ok 3/1      | Timeout:Total 1/1                      | ok 4/1                          | ok 4/1                          | ok 4/1
        Download          | -bytes-only | -bytes-only                            | ok 2/0                          | ok 2/0                          | ok 2/0
        Catalog           | ok 2/0      | Timeout:Total 2/0                      | ok 3/0                          | ok 3/0                          | ok 3/0
        Send              | ok 1/1      | Timeout:Total 1/1                      | Server 1/1                      | Server 1/1                      | ok 2/1
        SendEmpty         | ok 1/1      | Timeout:Total 1/1                      | Server 1/1                      | Server 1/1                      | ok 2/1
        """;

    /// <summary>Why a cell makes no sense, by the word that stands in it.</summary>
    public static IReadOnlyDictionary<string, string> Reasons { get; } = new Dictionary<string, string>
    {
        ["token"] = "The call has one token, which is that of the columns before.",
        ["reader"] = "Only a stream that is read for its reasoning first has a second reader.",
        ["key"] = "A download carries no key.",
        ["tool"] = "No tool runs.",
        ["model"] = "The SDK does not know of a model that another one could replace.",
        ["stream"] = "The response is read as a whole.",
        ["events"] = "The response is not a stream of events.",
        ["bytes"] = "Nothing is downloaded: Total limits the whole response, and NextChunk a stream of events.",
        ["job"] = "There is no job to wait for.",
        ["dispose"] = "The call returns nothing that is disposed.",
        ["loop"] = "There is no loop to leave.",
        ["file"] = "Whatever a file contains is the file, and an error of another host is not the gateway's.",
        ["bytes-only"] = "Every byte belongs to the file.",
        ["length"] = "The response is as long as it says, and the client has closed the connection before.",
        ["chunk"] = "See FirstChunk and NextChunk.",
    };

    /// <summary>The tables, each with its columns.</summary>
    public static IReadOnlyList<JointGroup> Groups { get; } = [.. Text.Split("## ", StringSplitOptions.RemoveEmptyEntries).Select(JointGroup.Parse)];

    /// <summary>What must come of a call in a scenario.</summary>
    public static string Of(string scenario, JointCall call) => Groups.First(group => group.Scenarios.Contains(scenario)).Cells[(scenario, call)];

    /// <summary>The word of the reason why a cell makes no sense; null when it is run.</summary>
    public static string? ReasonOf(string scenario, JointCall call) => Of(scenario, call) is ['-', .. var reason] ? reason : null;
}
