'use strict';

const byId = id => document.getElementById(id);

async function call(method, path, body) {
  const response = await fetch(path, {
    method,
    headers: body === undefined ? {} : { 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const json = await response.json();
  if (!response.ok) {
    throw new Error(json.error?.message ?? response.statusText);
  }

  return json;
}

function cell(text, className) {
  const td = document.createElement('td');
  td.textContent = text ?? '';
  td.className = className ?? '';
  return td;
}

function row(...cells) {
  const tr = document.createElement('tr');
  tr.append(...cells);
  return tr;
}

function items(list, texts) {
  list.replaceChildren(...texts.map(text => {
    const li = document.createElement('li');
    li.textContent = text;
    return li;
  }));
}

function statusOf(request) {
  if (request.client_hung_up) {
    return ['hung up', 'bad'];
  }

  if (request.status === null) {
    return [request.ended_at === null ? 'under way' : 'reset', 'quiet'];
  }

  return [String(request.status), request.status < 400 ? 'good' : 'bad'];
}

function requestRow(request) {
  const [status, className] = statusOf(request);
  return row(
    cell(request.number, 'number'),
    cell(`${request.method} ${request.path}${request.query}`),
    cell(request.model),
    cell(status, className),
    cell(request.charged, 'number'),
    cell(request.text.slice(0, 160)));
}

function jobFigure(job) {
  const figure = document.createElement('figure');
  for (const image of job.data ?? []) {
    const img = document.createElement('img');
    img.src = image.url ?? `data:image/png;base64,${image.b64_json}`;
    img.alt = image.revised_prompt ?? '';
    figure.append(img);
  }

  const caption = document.createElement('figcaption');
  caption.textContent = `${job.status} ${job.id}`;
  figure.append(caption);
  return figure;
}

let shownJobs = '';

async function refresh() {
  const [state, requests, ledger] = await Promise.all([call('GET', 'state'), call('GET', 'requests?limit=50'), call('GET', 'ledger?limit=20')]);
  byId('balance').textContent = ledger.balance;
  byId('spent').textContent = ledger.spent;
  byId('charges').textContent = ledger.count;
  byId('request-count').textContent = state.requests;
  byId('clock').textContent = state.now.slice(0, 19).replace('T', ' ');
  items(byId('faults'), state.faults);
  items(byId('rules'), state.rules);
  byId('requests').replaceChildren(...requests.requests.reverse().map(requestRow));
  byId('ledger').replaceChildren(...ledger.charges.reverse().map(charge => row(
    cell(charge.operation), cell(charge.model), cell(charge.refunded ? `${charge.credits} refunded` : charge.credits, charge.refunded ? 'quiet' : 'number'))));

  // Pictures are replaced only when a job changed, so that they do not flicker.
  const jobs = JSON.stringify(state.jobs);
  if (jobs !== shownJobs) {
    shownJobs = jobs;
    byId('jobs').replaceChildren(...state.jobs.map(jobFigure));
  }
}

async function attempt(action) {
  try {
    await action();
    byId('problem').hidden = true;
  } catch (error) {
    byId('problem').textContent = error.message;
    byId('problem').hidden = false;
  }
}

function onSubmit(id, action) {
  byId(id).addEventListener('submit', event => {
    event.preventDefault();
    void attempt(async () => {
      await action();
      await refresh();
    });
  });
}

function onClick(id, action) {
  byId(id).addEventListener('click', () => void attempt(async () => {
    await action();
    await refresh();
  }));
}

onSubmit('fault-form', () => call('POST', 'faults', {
  fault: byId('fault').value,
  times: Number(byId('times').value),
  path: byId('fault-path').value || null,
}));
onSubmit('balance-form', () => call('PUT', 'balance', { credits: Number(byId('credits').value) }));
onSubmit('clock-form', () => call('POST', 'clock', { advance_ms: Number(byId('seconds').value) * 1000 }));
onClick('clear-faults', () => call('DELETE', 'faults'));
onClick('reset', () => call('POST', 'reset', {}));

void attempt(refresh);
setInterval(() => void attempt(refresh), 1000);
