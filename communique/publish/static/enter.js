// Takes the token out of the address (what stands behind the # is never sent) or out of the form, for a cookie.
"use strict";

const form = document.getElementById("enter");
const field = document.getElementById("token");
const answer = document.getElementById("answer");

async function enter(token) {
  answer.textContent = "One moment …";
  const reply = await fetch("/enter", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ token }),
  });
  if (reply.ok) {
    location.replace("/");
  } else {
    answer.textContent = "This is not the token that the server printed. A server has a new one each time it starts.";
    field.focus();
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  enter(field.value.trim());
});

const given = location.hash.slice(1);
if (given) {
  history.replaceState(null, "", "/enter");
  enter(given);
}
