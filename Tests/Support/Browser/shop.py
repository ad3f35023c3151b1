"""The sender of the TikTok Shop guide: signs a body and delivers it."""

import hashlib
import hmac
import json
import ssl
import time
import urllib.error
import urllib.request


def order(number, status, **more):
    """The body of an order's event."""
    now = int(time.time())
    data = {"order_id": number, "order_status": status, "create_time": now, "update_time": now, "total_amount": 49.98,
            "currency": "EUR", "buyer_email": "jane@example.com", "items": [], **more}
    return json.dumps({"timestamp": now, "type": "order_status_change", "shop_id": "shop_1", "data": data})


def deliver(settings, body, secret=None):
    """Delivers a body; with another secret than the shop's it is a forgery. Returns the status."""
    raw = body.encode()
    now = str(int(time.time()))
    key = (secret or settings["secret"]).encode()
    signature = hmac.new(key, now.encode() + raw, hashlib.sha256).hexdigest()
    return post(settings, "/webhook/tiktok", raw, {
        "X-Tiktok-Shop-Signature": signature, "X-Tiktok-Shop-Timestamp": now})


def comment(settings, number, text, username="@jane"):
    """Delivers a comment, as the comment moderation guide signs it."""
    raw = json.dumps({"type": "video_comment_created", "comment_id": number, "video_id": "7300000000000000001",
                      "text": text, "user_id": "1", "username": username, "created_at": int(time.time())}).encode()
    signature = hmac.new(settings["comments"].encode(), raw, hashlib.sha256).hexdigest()
    return post(settings, "/webhook", raw, {"X-Tiktok-Signature": signature})


def post(settings, path, raw, headers):
    request = urllib.request.Request(
        settings["url"] + path, data=raw, headers={"Content-Type": "application/json", **headers})
    context = ssl.create_default_context(cafile=settings["certificate"])
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPSHandler(context=context))
    try:
        with opener.open(request, timeout=10) as answer:
            return answer.status
    except urllib.error.HTTPError as refused:
        return refused.code
