"""The rules of `states` as health customisations of Argo CD (Lua)."""

from __future__ import annotations

from typing import Any, Final

_SHARED: Final = """\
local spec = obj.spec or {}
local status = obj.status or {}
local function say(state, message)
  return {status = state, message = message}
end
local function number(value, default)
  if type(value) == "number" then return value end
  return default
end
"""
_STALE: Final = """\
local observed = number(status.observedGeneration, 0)
if observed == 0 or observed < number(obj.metadata.generation, 0) then
  return say("Progressing", "the latest change is not observed yet")
end
"""
_DEPLOYMENT: Final = f"""\
{_SHARED}
local function condition(name)
  for _, one in ipairs(status.conditions or {{}}) do
    if one.type == name then return one end
  end
  return nil
end
if spec.paused == true then return say("Suspended", "the rollout is paused") end
local desired = number(spec.replicas, 1)
if desired == 0 then return say("Suspended", "scaled to zero") end
{_STALE}
local progressing = condition("Progressing") or {{}}
if progressing.reason == "ProgressDeadlineExceeded" then
  return say("Degraded", "the progress deadline is exceeded")
end
if (condition("ReplicaFailure") or {{}}).status == "True" then
  return say("Degraded", "replicas cannot be created")
end
local updated = number(status.updatedReplicas, 0)
local ready = number(status.readyReplicas, 0)
local available = number(status.availableReplicas, 0)
local unavailable = number(status.unavailableReplicas, 0)
if updated == desired and available == 0 then
  if progressing.status == "True" and progressing.reason ~= "NewReplicaSetAvailable" then
    return say("Progressing", "no replica is available yet")
  end
  return say("Degraded", "no replica is available")
end
local availability = condition("Available")
if availability ~= nil and availability.status ~= "True" and unavailable > 0
    and (ready > 0 or available > 0) then
  return say("Degraded", "too few replicas are available")
end
if updated == desired and ready == desired and available == desired and unavailable == 0 then
  return say("Healthy", "all replicas are available")
end
return say("Progressing", available .. " of " .. desired .. " replicas available")
"""
_STATEFUL_SET: Final = f"""\
{_SHARED}{_STALE}
if (status.currentRevision or "") ~= (status.updateRevision or "") then
  return say("Progressing", "a rolling update is under way")
end
local desired = number(spec.replicas, 1)
local ready = number(status.readyReplicas, 0)
if ready == desired and number(status.availableReplicas, 0) == desired
    and number(status.updatedReplicas, 0) == desired then
  return say("Healthy", "all replicas are ready")
end
return say("Progressing", ready .. " of " .. desired .. " replicas ready")
"""
_POD: Final = f"""\
{_SHARED}
if status.phase == "Pending" then return say("Progressing", "the pod is pending") end
if status.phase == "Succeeded" then return say("Healthy", "the pod has completed") end
if status.phase == "Failed" then return say("Degraded", "the pod has failed") end
if status.phase ~= "Running" then return say("Unknown", "the pod reports no known phase") end
local bad = {{CrashLoopBackOff = true, ImagePullBackOff = true, ErrImagePull = true}}
for _, container in ipairs(status.containerStatuses or {{}}) do
  local waiting = ((container.state or {{}}).waiting or {{}}).reason
  if waiting ~= nil and bad[waiting] then
    return say("Degraded", "container " .. container.name .. " waits: " .. waiting)
  end
  if container.ready ~= true then
    return say("Progressing", "container " .. container.name .. " is not ready")
  end
end
return say("Healthy", "all containers are ready")
"""
_CRON_JOB: Final = f"""\
{_SHARED}
if spec.suspend == true then return say("Suspended", "the schedule is suspended") end
if #(status.active or {{}}) > 0 then return say("Progressing", "a job is running") end
if (status.lastScheduleTime or "") ~= "" then return say("Healthy", "the schedule has fired") end
return say("Progressing", "the schedule has not fired yet")
"""

SCRIPTS: Final[dict[str, str]] = {
    "Pod": _POD,
    "apps_Deployment": _DEPLOYMENT,
    "apps_StatefulSet": _STATEFUL_SET,
    "batch_CronJob": _CRON_JOB,
}
"""Kind as Argo CD spells it (`group_kind`) → script over `obj`."""


def argocd_config() -> dict[str, Any]:
    """Return a patch of the ConfigMap `argocd-cm`: one script per kind with a rule of its own.

    Other kinds keep Argo CD's own rules, which are stricter than the reference's.
    """
    return {
        "apiVersion": "v1",
        "kind": "ConfigMap",
        "metadata": {"name": "argocd-cm"},
        "data": {
            f"resource.customizations.health.{kind}": script for kind, script in SCRIPTS.items()
        },
    }
