/// An encoder of somebody else, with one binding of it made otherwise.
package com.example.proxied;
